package io.cloudconnector.host.containment;

import java.time.Duration;
import java.util.Optional;

/** What the host calls in a connector, and how long and how often at once that may run. */
enum ConnectorCall {
  CREATE("create", Seconds.SHORT, 1),
  LINKING("linking", Seconds.SHORT, Most.QUICK),
  HISTORY("history", Seconds.SHORT, Most.QUICK),
  SUBSCRIPTIONS("subscriptions", Seconds.SHORT, Most.QUICK),
  ANSWER_HANDSHAKE("answerHandshake", Seconds.SHORT, Most.QUICK),
  VERIFY_WEBHOOK("verifyWebhook", Seconds.SHORT, Most.QUICK),
  PARSE_EVENTS("parseEvents", Seconds.SHORT, Most.QUICK),
  ACKNOWLEDGEMENT("acknowledgement", Seconds.SHORT, Most.QUICK),
  READ_LIMITS("readLimits", Seconds.SHORT, Most.WORK),
  BEGIN("linking.begin", Seconds.A_FEW_CALLS, Most.QUICK),
  COMPLETE("linking.complete", Seconds.A_FEW_CALLS, Most.QUICK),
  ACCOUNT_IDS("linking.accountIds", Seconds.A_FEW_CALLS, Most.QUICK),
  REVOKE("linking.revoke", Seconds.A_FEW_CALLS, Most.QUICK),
  REFRESH("linking.refresh", Seconds.A_FEW_CALLS, Most.WORK),
  FETCH_DATA("fetchData", Seconds.A_FEW_CALLS, Most.WORK),
  PAGE("history.page", Seconds.A_FEW_CALLS, Most.WORK),
  RECONCILE("subscriptions.reconcile", Seconds.MANY_CALLS, Most.QUICK),
  CLOSE("close", Seconds.SHORT, 1);

  private final String method;
  private final Duration deadline;
  private final int most;

  ConnectorCall(String method, long seconds, int most) {
    this.method = method;
    this.deadline = Duration.ofSeconds(seconds);
    this.most = most;
  }

  /** Its name for people and in metrics. */
  String method() {
    return method;
  }

  /** After this it is interrupted. */
  Duration deadline() {
    return deadline;
  }

  /**
   * How long the host waits for it in all, with what the host itself takes of that. Empty where
   * nobody waits who works for other connectors too.
   */
  Optional<Duration> inAll() {
    return switch (this) {
      case CREATE, HISTORY, SUBSCRIPTIONS, LINKING -> Optional.of(Duration.ofMinutes(2));
      case REVOKE -> Optional.of(Duration.ofSeconds(100));
      case CLOSE -> Optional.of(Duration.ofSeconds(20));
      default -> Optional.empty();
    };
  }

  /** So many run at once for one connector. */
  int most() {
    return most;
  }

  private static final class Seconds {
    /** No question to the vendor, or one for a key at most. */
    static final long SHORT = 10;

    /** Each question to the vendor has half a minute. */
    static final long A_FEW_CALLS = 180;

    static final long MANY_CALLS = 1_200;
  }

  private static final class Most {
    static final int QUICK = 64;

    /** As many as may ask one vendor at once, and some more. */
    static final int WORK = 1_200;
  }
}
