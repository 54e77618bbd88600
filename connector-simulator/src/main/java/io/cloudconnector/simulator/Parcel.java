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
 */
record Parcel(Delivery delivery, Duration pause, Duration age, boolean forged) {
  static Parcel of(String eventId, URI url, byte[] body, @Nullable Mischief ordered) {
    Delivery plain = new Delivery(eventId, url, body);
    return switch (ordered) {
      case Mischief.Delay(Duration time) -> new Parcel(plain, time, Duration.ZERO, false);
      case Mischief.Stale(Duration age) -> new Parcel(plain, Duration.ZERO, age, false);
      case Mischief.Forge() -> new Parcel(plain, Duration.ZERO, Duration.ZERO, true);
      case Mischief.Oversize(int bytes) -> {
        Delivery filled = new Delivery(eventId, url, filled(body, bytes));
        yield new Parcel(filled, Duration.ZERO, Duration.ZERO, false);
      }
      case null, default -> new Parcel(plain, Duration.ZERO, Duration.ZERO, false);
    };
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
