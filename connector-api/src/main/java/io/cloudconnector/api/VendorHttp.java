package io.cloudconnector.api;

/**
 * The way to the vendor. Only hosts that the connector declared are called, over HTTPS unless the
 * operator configured a loopback address; redirects are not followed; calls count against the
 * limits. Nothing is retried behind the caller's back, except that a call that may be repeated is
 * sent once more at once when its connection broke before an answer. Made by the host; thread-safe.
 */
public interface VendorHttp {
  /**
   * Sends and waits for the whole answer, whatever its status.
   *
   * @throws RateLimitException when our own count of the limits does not allow it now
   * @throws UndeclaredHostException when the host is not one the connector declared
   * @throws VendorTimeoutException when the deadline passed
   * @throws VendorApiException with status 0 when the vendor could not be reached, or its answer
   *     was cut off or larger than the host takes
   */
  HttpReply send(HttpCall call);
}
