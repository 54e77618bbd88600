package io.cloudconnector.host.limit;

import java.time.Instant;
import java.util.Optional;

/**
 * What the limits of the whole application leave to a lane; a person's own may leave less.
 *
 * @param calls how many calls could start now; {@link Integer#MAX_VALUE} where nothing limits them
 * @param from when work could start again; empty while it can
 */
public record Availability(int calls, Optional<Instant> from) {}
