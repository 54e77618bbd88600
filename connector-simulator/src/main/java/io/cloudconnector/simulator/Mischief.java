package io.cloudconnector.simulator;

import java.time.Duration;

/** A way in which a webhook goes wrong. Switched on by {@link WebhookSender#misbehave}. */
public sealed interface Mischief {
  /** Sent this many times more, each by itself, with the same body. */
  record Duplicate(int copies) implements Mischief {}

  /** Held until the message after it was answered once, or until released. */
  record HoldBack() implements Mischief {}

  /** Sent only after this time. */
  record Delay(Duration time) implements Mischief {}

  /** Signed over other bytes than those sent: the signature is well-formed and wrong. */
  record Forge() implements Mischief {}

  /** Signed as if it were this old. */
  record Stale(Duration age) implements Mischief {}

  /** Filled up with blanks to this many bytes, and signed so. */
  record Oversize(int bytes) implements Mischief {}

  /** Never sent, and not in the ledger: the vendor lost it. */
  record Lose() implements Mischief {}
}
