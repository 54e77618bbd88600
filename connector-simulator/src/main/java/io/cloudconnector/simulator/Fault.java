package io.cloudconnector.simulator;

import java.time.Duration;

/** A way in which a vendor's answer goes wrong. Switched on through {@link Faults}. */
public sealed interface Fault {
  /** Answers this; the request is not handled. */
  record Answer(SimulatedReply reply) implements Fault {}

  /** Handles the request at once but answers only after the delay. */
  record Slow(Duration delay) implements Fault {}

  /** Handles the request and answers at once, but the body takes so long to arrive in pieces. */
  record Trickle(Duration time) implements Fault {}

  /**
   * Closes the connection; the request is not handled. Java's own HTTP client quietly repeats a GET
   * that dies so on a kept connection, and meets the next turn of the fault.
   */
  record Drop() implements Fault {}

  /** Handles the request, then closes the connection: what it did stands, the answer is lost. */
  record LateSuccess() implements Fault {}

  /** Handles the request, announces the full length, sends half of the body and hangs up. */
  record HalfBody() implements Fault {}

  /** Handles the request and sends half of the body as if it were all: JSON cut in the middle. */
  record CutBody() implements Fault {}

  /** Answers with this status and a short text. */
  static Fault status(int status) {
    return new Answer(SimulatedReply.text(status, "simulated fault"));
  }

  /** Answers this instead of handling the request. */
  static Fault answer(SimulatedReply reply) {
    return new Answer(reply);
  }

  /** Too many requests, without a word on how long to wait. */
  static Fault tooManyRequests() {
    return status(429);
  }

  /** Too many requests, with a {@code Retry-After} in whole seconds. */
  static Fault tooManyRequests(Duration retryAfter) {
    return new Answer(
        SimulatedReply.empty(429).with("Retry-After", Long.toString(retryAfter.toSeconds())));
  }

  /** A 403 with a web page, as a proxy in between gives it. It says nothing about any token. */
  static Fault forbiddenByProxy() {
    return new Answer(
        SimulatedReply.html(
            403, "<html><body><h1>403 Forbidden</h1><p>Request blocked.</p></body></html>"));
  }

  /** Status 200, but the body tells of an error. */
  static Fault errorInside200() {
    return new Answer(SimulatedReply.json(200, "{\"status\":500,\"error\":\"internal error\"}"));
  }

  /** The token endpoint calls the code or refresh token dead. */
  static Fault invalidGrant() {
    return new Answer(
        SimulatedOAuth.error(
            400,
            "invalid_grant",
            "The provided authorization grant or refresh token is invalid, expired or revoked."));
  }

  /** The token endpoint calls the client unknown. */
  static Fault invalidClient() {
    return new Answer(SimulatedOAuth.error(401, "invalid_client", "Client authentication failed."));
  }
}
