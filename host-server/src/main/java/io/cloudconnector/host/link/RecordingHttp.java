package io.cloudconnector.host.link;

import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.api.VendorTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connector's way to the vendor during one refresh. That the vendor is asked is on disk before it
 * is, and its answer is on disk before the connector sees it. Where an earlier holder died between
 * the two and the judgement, the connector gets the answers that were kept, in their order and as
 * long as it makes the same calls; from then on the vendor is asked. Used by one refresh only.
 */
final class RecordingHttp implements VendorHttp {
  /**
   * An answer that comes later is thrown away, and with it a pair that may have voided ours. So it
   * is longer than any gateway lets a server think.
   */
  static final Duration DEADLINE = Duration.ofMinutes(2);

  /** Larger is no answer of a token endpoint's, and is not worth keeping. */
  private static final int LARGEST = 256 * 1024;

  private final RefreshLease lease;
  private final RefreshLeases leases;
  private final VendorHttp vendor;
  private final Consumer<Runnable> untilStored;
  private final Consumer<RefreshStep> steps;
  private final InstantSource clock;
  private final Deque<KeptReply> toReplay;
  private final List<KeptReply> replies;
  private boolean asked;
  private @Nullable Instant replayedFrom;

  /**
   * For one try to refresh.
   *
   * @param toReplay what is answered before the vendor is asked
   * @param vendor the way to the vendor, which keeps to the deadline
   * @param untilStored does a write until it succeeds
   * @param steps told of each step
   */
  RecordingHttp(
      RefreshLease lease,
      List<KeptReply> toReplay,
      RefreshLeases leases,
      VendorHttp vendor,
      Consumer<Runnable> untilStored,
      Consumer<RefreshStep> steps,
      InstantSource clock) {
    this.lease = lease;
    this.leases = leases;
    this.vendor = vendor;
    this.untilStored = untilStored;
    this.steps = steps;
    this.clock = clock;
    this.toReplay = new ArrayDeque<>(toReplay);
    this.replies = new ArrayList<>(KeptReply.withTokensPerhaps(lease.kept()));
  }

  @Override
  public synchronized HttpReply send(HttpCall call) {
    KeptReply kept = toReplay.peek();
    if (kept != null && kept.answers(call)) {
      toReplay.remove();
      replayedFrom = kept.at();
      return kept.reply();
    }
    toReplay.clear();
    return ask(call);
  }

  private HttpReply ask(HttpCall call) {
    long began = System.nanoTime();
    if (!leases.asking(lease)) {
      throw new LeaseLostException();
    }
    steps.accept(RefreshStep.MARKED);
    if (System.nanoTime() - began > RefreshLeases.BEAT.toNanos()) {
      throw new VendorTimeoutException("this host stood still before the vendor was asked");
    }
    asked = true;
    HttpReply reply;
    try (Heartbeat _ = leases.whileAsking(lease)) {
      reply = vendor.send(call);
    }
    steps.accept(RefreshStep.ANSWERED);
    replayedFrom = null;
    keep(KeptReply.of(call, reply, clock.instant()));
    steps.accept(RefreshStep.KEPT);
    return reply;
  }

  private void keep(KeptReply reply) {
    if (reply.body().size() <= LARGEST) {
      replies.add(reply);
      untilStored.accept(() -> leases.answered(lease, replies));
    }
  }

  /**
   * What nobody could make sense of although the vendor was content: it may hold tokens that void
   * ours, for a connector that learns to read it.
   */
  synchronized List<KeptReply> unread() {
    return KeptReply.withTokensPerhaps(replies);
  }

  /** Whether a question has left this host. */
  synchronized boolean asked() {
    return asked;
  }

  /** How old the last answer is, if it was a kept one. */
  synchronized Optional<Duration> replayedAge() {
    return Optional.ofNullable(replayedFrom).map(at -> Duration.between(at, clock.instant()));
  }
}
