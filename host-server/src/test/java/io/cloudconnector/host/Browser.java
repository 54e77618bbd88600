package io.cloudconnector.host;

import io.cloudconnector.host.store.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/**
 * A person's browser: follows redirects and keeps the host's cookies. The host's public name leads
 * to its port, as a proxy in front of it would do.
 */
final class Browser {
  private final Api host;
  private final HttpClient http;
  private final Map<String, String> cookies = new HashMap<>();

  Browser(Api host, HttpClient http) {
    this.host = host;
    this.http = http;
  }

  /** Where a walk ended: an address outside, or the host's own page. */
  record Landing(String address, Answer last) {}

  /** Opens an address and goes on until it leaves host and vendor, or a page stays. */
  Landing walk(String address) {
    String next = address;
    while (true) {
      Answer answer = open(next);
      if (answer.status() != 302) {
        return new Landing(next, answer);
      }
      next = answer.location();
      if (!next.startsWith(RunningHost.PUBLIC_URL) && !next.startsWith("http://127.0.0.1:")) {
        return new Landing(next, answer);
      }
    }
  }

  /** One request. */
  Answer open(String address) {
    return address.startsWith(RunningHost.PUBLIC_URL)
        ? openHost(address.substring(RunningHost.PUBLIC_URL.length()))
        : openVendor(address);
  }

  private Answer openHost(String path) {
    HttpRequest.Builder request = host.request(path).GET();
    cookies.forEach((name, value) -> request.header("Cookie", name + "=" + value));
    Answer answer = host.send(request);
    answer.headers().allValues("Set-Cookie").forEach(this::keep);
    return answer;
  }

  private void keep(String cookie) {
    String pair = cookie.split(";", 2)[0];
    cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
  }

  private Answer openVendor(String address) {
    try {
      HttpResponse<byte[]> response =
          http.send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.headers(), Bytes.of(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling the vendor", e);
    }
  }
}
