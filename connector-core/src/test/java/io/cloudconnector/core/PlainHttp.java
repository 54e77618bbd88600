package io.cloudconnector.core;

import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorHttp;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** The JDK's client and nothing more, for tests of what is built on {@link VendorHttp}. */
final class PlainHttp implements VendorHttp, AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  public HttpReply send(HttpCall call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .method(
                call.method(),
                call.body().map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody()));
    call.headers().forEach(request::header);
    try {
      return new Reply(client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new VendorApiException("could not be reached", 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VendorApiException("interrupted", 0);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private record Reply(HttpResponse<byte[]> response) implements HttpReply {
    @Override
    public int status() {
      return response.statusCode();
    }

    @Override
    public Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    @Override
    public byte[] body() {
      return response.body().clone();
    }
  }
}
