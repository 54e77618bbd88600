package io.cloudconnector.host.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request that cannot be served, answered as problem details (RFC 9457). */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final transient Optional<Duration> retryAfter;

  /**
   * With a stable type and words for the caller.
   *
   * @param type stable, lower case with hyphens
   * @param detail what is wrong and what to do; no secret
   */
  ProblemException(int status, String type, String detail) {
    this(status, type, detail, Optional.empty());
  }

  ProblemException(int status, String type, String detail, Optional<Duration> retryAfter) {
    super(detail);
    this.status = status;
    this.type = type;
    this.retryAfter = retryAfter;
  }

  static ProblemException badRequest(String detail) {
    return new ProblemException(400, "bad-request", detail);
  }

  static ProblemException unauthorized() {
    return new ProblemException(
        401, "unauthorized", "send one of security.apiKeys as 'Authorization: Bearer KEY'");
  }

  static ProblemException notFound(String detail) {
    return new ProblemException(404, "not-found", detail);
  }

  Reply reply() {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", type);
    problem.put("title", title());
    problem.put("status", status);
    problem.put("detail", getMessage());
    Reply reply = Reply.json(status, problem).as("application/problem+json");
    if (type.equals("unauthorized")) {
      // RFC 9110 11.6.1 wants the way in to be named.
      return reply.header("WWW-Authenticate", "Bearer");
    }
    return retryAfter.map(wait -> reply.header("Retry-After", seconds(wait))).orElse(reply);
  }

  private String title() {
    String words = type.replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** Rounded up: a caller that comes back too early is told so once more. */
  static String seconds(Duration wait) {
    return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}
