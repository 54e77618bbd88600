package io.cloudconnector.host.web;

import java.time.Duration;

/**
 * How much patience and room callers get before they have shown a key.
 *
 * @param head from its first byte to its end, and on a new connection from the opening
 * @param body from the first time that more of it is waited for to its end; a little more than
 *     {@link Exchange} has, which can tell the caller
 * @param idle between two requests, and between two bytes. Longer than the usual patience of
 *     proxies, which otherwise would send into a connection that is just being closed; and than the
 *     longest long poll, which sends nothing meanwhile
 * @param connections at once; more wait in the system's queue
 */
record HttpBounds(Duration head, Duration body, Duration idle, int connections) {
  static final HttpBounds USUAL =
      new HttpBounds(Duration.ofSeconds(30), Duration.ofSeconds(45), Duration.ofSeconds(90), 4096);

  /** Request line and headers together, in bytes. */
  static final int HEAD_BYTES = 8 * 1024;

  /**
   * A form, in bytes: what a person types, or a vendor sends back. Forms are read by the server and
   * not from the budget of bodies, so this times the connections is what strangers can take.
   */
  static final int FORM_BYTES = 8 * 1024;
}
