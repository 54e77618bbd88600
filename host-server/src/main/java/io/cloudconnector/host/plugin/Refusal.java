package io.cloudconnector.host.plugin;

/** A candidate cannot be used; ends its checks. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String advice;

  Refusal(String reason, String advice) {
    super(reason);
    this.reason = reason;
    this.advice = advice;
  }

  String reason() {
    return reason;
  }

  String advice() {
    return advice;
  }
}
