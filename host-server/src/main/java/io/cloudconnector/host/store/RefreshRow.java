package io.cloudconnector.host.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the refresh of one grant stands.
 *
 * @param generation of the grant
 * @param holder the refresh that is under way; null when none is
 * @param heldUntil when another may take over
 * @param askedAt when the vendor was asked what it has not answered yet
 * @param replies what it answered, sealed, as long as that is not judged
 * @param doubt why the vendor may have voided the stored tokens; null: it has not, by all we know
 * @param failures in a row
 * @param notBefore when the next attempt may be made
 * @param lastError why the last one brought nothing
 * @param deadAt when the vendor first said that the grant is over
 */
public record RefreshRow(
    long generation,
    @Nullable String holder,
    Instant heldUntil,
    @Nullable Instant askedAt,
    @Nullable Bytes replies,
    @Nullable RefreshDoubt doubt,
    int failures,
    Instant notBefore,
    @Nullable String lastError,
    @Nullable Instant deadAt) {}
