package io.cloudconnector.host.delivery;

import java.time.Duration;
import java.util.Optional;

/** What became of sending one event. */
sealed interface PostOutcome {
  /** Answered 2xx: it is theirs now. */
  record Taken() implements PostOutcome {}

  /**
   * Not taken this time.
   *
   * @param why in words to the operator
   * @param retryAfter how long the answer asked to wait
   */
  record Refused(String why, Optional<Duration> retryAfter) implements PostOutcome {}

  /** Answered 410: nobody is there any more. */
  record Gone() implements PostOutcome {}

  /** The event is not in the log any more. */
  record Absent() implements PostOutcome {}

  /** It was not sent, by no fault of the consumer's. */
  record Unsent() implements PostOutcome {}
}
