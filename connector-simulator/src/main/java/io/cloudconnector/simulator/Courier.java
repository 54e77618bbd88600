package io.cloudconnector.simulator;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a parcel until it is taken or the attempts are used up.
 *
 * @param closed ends all waiting
 * @param signer the headers that prove a parcel, signed now
 * @param delays before each repetition
 * @param timeout of one attempt
 * @param anew whether each repetition is signed for itself
 */
record Courier(
    CountDownLatch closed,
    Function<Parcel, Map<String, String>> signer,
    List<Duration> delays,
    Duration timeout,
    boolean anew) {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);
  private static final int NO_ANSWER = 0;

  Courier {
    delays = List.copyOf(delays);
  }

  Courier withDelays(List<Duration> times) {
    return new Courier(closed, signer, times, timeout, anew);
  }

  Courier withTimeout(Duration time) {
    return new Courier(closed, signer, delays, time, anew);
  }

  Courier withAnew(boolean signed) {
    return new Courier(closed, signer, delays, timeout, signed);
  }

  /** Blocks until the delivery is over; {@code afterFirst} runs once, after the first attempt. */
  void carry(HttpClient http, Parcel parcel, Runnable afterFirst) {
    Delivery delivery = parcel.delivery();
    try {
      if (closedAfter(parcel.pause())) {
        return;
      }
      Map<String, String> headers = signer.apply(parcel);
      attempt(http, delivery, headers);
      boolean settled = parcel.settled();
      afterFirst.run();
      for (Duration delay : delays) {
        if (settled || closedAfter(delay)) {
          return;
        }
        attempt(http, delivery, anew ? signer.apply(parcel) : headers);
        settled = parcel.settled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      delivery.end();
    }
  }

  private void attempt(HttpClient http, Delivery delivery, Map<String, String> headers)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(delivery.url())
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
    headers.forEach(request::setHeader);
    try {
      delivery.attempted(http.send(request.build(), BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      delivery.attempted(NO_ANSWER);
      log.atDebug()
          .addKeyValue("trace_id", delivery.eventId())
          .setCause(e)
          .log("no answer to a webhook; it is repeated while attempts are left");
    }
  }

  private boolean closedAfter(Duration time) throws InterruptedException {
    return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
