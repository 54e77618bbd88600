package io.cloudconnector.api;

import java.util.List;

/**
 * A look at the limits as the host counts them. Looking takes nothing: the host reserves what a
 * fetch costs before it starts one. Made by the host; thread-safe.
 */
public interface RateLimits {
  /** Whether that many calls for this connection would be allowed at this moment. */
  boolean allows(Connection connection, int calls);

  /** Each window that counts for this connection, in the order of the descriptor. */
  List<LimitStatus> status(Connection connection);
}
