package io.cloudconnector.core;

import dev.failsafe.Failsafe;
import dev.failsafe.Timeout;
import dev.failsafe.TimeoutExceededException;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One sending of a request: the whole answer, or what went wrong in the words of the API. */
final class VendorExchange {
  private final HttpClient client;
  private final HttpRequest request;
  private final int maxBodyBytes;
  // Set once an answer begins, so that a break before it can be told from one within it.
  private volatile @Nullable CappedBody body;

  VendorExchange(HttpClient client, HttpRequest request, int maxBodyBytes) {
    this.client = client;
    this.request = request;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Sends and waits; whatever is still under way at the deadline is interrupted and cancelled. */
  HttpReply send(Duration deadline, ExecutorService timer) {
    Timeout<HttpReply> timeout = Timeout.<HttpReply>builder(deadline).withInterrupt().build();
    try {
      return Failsafe.with(timeout).with(timer).get(this::send);
    } catch (TimeoutExceededException late) {
      throw new VendorTimeoutException(whom() + " has not wholly answered within the deadline");
    }
  }

  private HttpReply send() {
    try {
      return reply(client.send(request, this::receive));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BrokenOffException(whom() + " was left waiting: interrupted", stopped);
    } catch (IOException broken) {
      throw inOurWords(broken);
    }
  }

  private BodySubscriber<byte[]> receive(ResponseInfo head) {
    CappedBody begun = new CappedBody(maxBodyBytes);
    body = begun;
    return begun;
  }

  private static HttpReply reply(HttpResponse<byte[]> response) {
    Map<String, String> first = new TreeMap<>();
    response.headers().map().forEach((name, values) -> first.put(name, values.getFirst()));
    return SimpleHttpReply.of(response.statusCode(), first, response.body());
  }

  private VendorApiException inOurWords(IOException broken) {
    CappedBody begun = body;
    if (begun != null) {
      return begun.outgrown()
          ? new OversizedAnswerException(
              whom() + " answered larger than " + maxBodyBytes + " bytes")
          : new VendorApiException(whom() + " answered, but the answer was cut off", 0, broken);
    }
    return switch (broken) {
      case HttpTimeoutException late ->
          new VendorTimeoutException(whom() + " could not be connected to in time");
      case ConnectException unreachable ->
          new VendorApiException(whom() + " could not be connected to", 0, unreachable);
      case SSLException untrusted ->
          new VendorApiException(whom() + " could not be talked to over TLS", 0, untrusted);
      // Its message quotes the answer, so it does not go on as the cause.
      case ProtocolException garbled ->
          new VendorApiException(whom() + " did not answer in proper HTTP", 0);
      default -> new BrokenConnectionException(whom() + " hung up without an answer", broken);
    };
  }

  /** Method and host only: path and query may hold what is personal or secret. */
  private String whom() {
    return request.method() + ": " + request.uri().getHost();
  }
}
