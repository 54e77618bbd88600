package io.cloudconnector.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A delivery with what is to be done to it.
 *
 * @param pause before the first attempt
 * @param age how much older than now the signature pretends to be
 * @param forged signed over other bytes than those sent
 * @param recipient whom it is for
 */
record Parcel(
    Delivery delivery, Duration pause, Duration age, boolean forged, Recipient recipient) {
  /**
   * An address.
   *
   * @param whenGone told when the address answers 410, after which nothing is repeated; null where
   *     410 is a failure like others
   */
  record Recipient(URI url, @Nullable Runnable whenGone) {}

  static Parcel of(String eventId, Recipient to, byte[] body, @Nullable Mischief ordered) {
    Delivery plain = new Delivery(eventId, to.url(), body);
    return switch (ordered) {
      case Mischief.Delay(Duration time) -> new Parcel(plain, time, Duration.ZERO, false, to);
      case Mischief.Stale(Duration age) -> new Parcel(plain, Duration.ZERO, age, false, to);
      case Mischief.Forge() -> new Parcel(plain, Duration.ZERO, Duration.ZERO, true, to);
      case Mischief.Oversize(int bytes) -> {
        Delivery filled = new Delivery(eventId, to.url(), filled(body, bytes));
        yield new Parcel(filled, Duration.ZERO, Duration.ZERO, false, to);
      }
      case null, default -> new Parcel(plain, Duration.ZERO, Duration.ZERO, false, to);
    };
  }

  /** Whether nothing is to be repeated: it was taken, or there is nobody any more to take it. */
  boolean settled() {
    Runnable whenGone = recipient.whenGone();
    if (whenGone != null && delivery.refusedForGood()) {
      whenGone.run();
      return true;
    }
    return delivery.acknowledged();
  }

  byte[] signedBytes() {
    byte[] body = delivery.body();
    return forged ? filled(body, body.length + 1) : body;
  }

  private static byte[] filled(byte[] body, int length) {
    byte[] filled = Arrays.copyOf(body, Math.max(length, body.length));
    Arrays.fill(filled, body.length, filled.length, (byte) ' ');
    return filled;
  }
}
