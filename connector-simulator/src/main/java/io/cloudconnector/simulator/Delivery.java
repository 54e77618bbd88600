package io.cloudconnector.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One webhook on its way to one address: what is sent, and what came of it so far. Thread-safe. */
public final class Delivery {
  private static final int GONE = 410;

  private final String eventId;
  private final URI url;
  private final byte[] body;
  private final List<Integer> statuses = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  Delivery(String eventId, URI url, byte[] body) {
    this.eventId = eventId;
    this.url = url;
    this.body = body.clone();
  }

  /** The vendor's id of the event (a trace id, where the vendor has one). */
  public String eventId() {
    return eventId;
  }

  /** Where it goes. */
  public URI url() {
    return url;
  }

  /** A copy of the bytes sent. */
  public byte[] body() {
    return body.clone();
  }

  /** The status of each attempt so far, in order; 0 where no answer came. */
  public synchronized List<Integer> statuses() {
    return List.copyOf(statuses);
  }

  /** Whether the latest attempt was answered with 2xx. */
  public synchronized boolean acknowledged() {
    return !statuses.isEmpty() && isSuccess(statuses.getLast());
  }

  /** Whether the latest attempt was answered with 410. */
  synchronized boolean refusedForGood() {
    return !statuses.isEmpty() && statuses.getLast() == GONE;
  }

  /** Whether no further attempt will be made: acknowledged, given up, or the sender was closed. */
  public boolean isOver() {
    return over.getCount() == 0;
  }

  /**
   * Waits until no further attempt will be made.
   *
   * @return whether that was so within the time
   */
  public boolean awaitOver(Duration atMost) throws InterruptedException {
    return over.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized void attempted(int status) {
    statuses.add(status);
  }

  void end() {
    over.countDown();
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  /** Event id, path and statuses; not the body. */
  @Override
  public String toString() {
    return eventId + " to " + url.getPath() + " " + statuses();
  }
}
