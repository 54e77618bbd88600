package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.Set;

/**
 * Permits taken for calls to come.
 *
 * @param id made up by the taker, and by chance nobody else's
 * @param scopes where they count
 * @param until when whoever took them has surely settled them or died
 */
public record LimitHold(long id, Set<String> scopes, String tag, int permits, Instant until) {}
