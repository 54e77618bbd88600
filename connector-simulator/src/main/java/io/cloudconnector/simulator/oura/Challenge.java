package io.cloudconnector.simulator.oura;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks a callback address whether it expects to be subscribed, while the call that wants it so is
 * still open. Has an HTTP client, and with it a thread, from the first question on. Thread-safe.
 */
final class Challenge implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private @Nullable HttpClient http;

  /** Whether the address gave the challenge back, in time and as JSON with status 200. */
  boolean isMetBy(URI callback, String verificationToken) {
    String challenge = UUID.randomUUID().toString();
    try {
      HttpResponse<byte[]> answer =
          client()
              .send(question(callback, verificationToken, challenge), BodyHandlers.ofByteArray());
      return answer.statusCode() == 200
          && TextFields.read(answer.body())
              .filter(fields -> challenge.equals(fields.get("challenge")))
              .isPresent();
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static HttpRequest question(URI callback, String token, String challenge) {
    String query =
        "verification_token="
            + URLEncoder.encode(token, UTF_8)
            + "&challenge="
            + URLEncoder.encode(challenge, UTF_8);
    char joint = callback.getRawQuery() == null ? '?' : '&';
    return HttpRequest.newBuilder(URI.create(callback.toString() + joint + query))
        .timeout(PATIENCE)
        .build();
  }

  private synchronized HttpClient client() {
    HttpClient made = http;
    if (made == null) {
      made = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      http = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (http != null) {
      http.shutdownNow();
    }
  }
}
