package io.cloudconnector.host.delivery;

import io.cloudconnector.host.config.DeliverySettings.Webhook;
import io.cloudconnector.host.store.LoggedEvent;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one event to the operator's address, once. Thread-safe. */
final class WebhookPost implements AutoCloseable {
  private final Webhook settings;
  private final WebhookSignature signature;
  private final InstantSource clock;
  private final HttpClient http;

  WebhookPost(Webhook settings, InstantSource clock) {
    this.settings = settings;
    this.signature = new WebhookSignature(settings.secrets());
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // A redirect would take a signed body to where nobody configured it to go.
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  PostOutcome send(LoggedEvent event) {
    CompletableFuture<HttpResponse<@Nullable Void>> call =
        http.sendAsync(request(event), response -> new CappedWaste());
    try {
      return outcome(call.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return refused("no whole answer within " + settings.timeout().toSeconds() + " s");
    } catch (ExecutionException e) {
      return refused("no answer: " + told(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new PostOutcome.Unsent();
    } finally {
      call.cancel(true);
    }
  }

  private HttpRequest request(LoggedEvent event) {
    byte[] body = CloudEvents.json(event);
    String id = event.event().id();
    long time = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(settings.url())
        .header("Content-Type", "application/cloudevents+json")
        .header("User-Agent", "connector-host")
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(time))
        .header("webhook-signature", signature.header(id, time, body))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private PostOutcome outcome(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new PostOutcome.Taken();
    }
    if (status == 410) {
      return new PostOutcome.Gone();
    }
    String redirect = status >= 300 && status < 400 ? "; redirects are not followed" : "";
    Optional<Duration> wait =
        response
            .headers()
            .firstValue("Retry-After")
            .flatMap(text -> RetryAfter.parse(text, clock.instant()));
    return new PostOutcome.Refused("answered " + status + redirect, wait);
  }

  private static PostOutcome refused(String why) {
    return new PostOutcome.Refused(why, Optional.empty());
  }

  private static String told(@Nullable Throwable cause) {
    if (cause == null) {
      return "unknown";
    }
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + " (" + message + ")";
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
