package io.cloudconnector.host.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest re-encryption.
 *
 * @param keyId under which key
 * @param endedAt null while it is not over
 * @param resealed how many values so far
 * @param unreadable values that could not be opened and were left as they are
 */
public record KeyRotationRow(
    String keyId, Instant startedAt, @Nullable Instant endedAt, long resealed, long unreadable) {}
