package io.cloudconnector.host.link;

import io.cloudconnector.api.LinkStep;

/**
 * A walk that has begun.
 *
 * @param step where the person goes next
 * @param state names the walk; a form carries it
 * @param callback where a form is sent
 * @param browserToken for a cookie that binds the walk to this browser
 */
public record FlowStart(LinkStep step, String state, String callback, String browserToken) {
  /** Where the walk leads back to; never what opens it. */
  @Override
  public String toString() {
    return "walk that comes back to " + callback;
  }
}
