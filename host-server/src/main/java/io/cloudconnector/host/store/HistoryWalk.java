package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A way through what a vendor has of one type of one person, from the newest to the oldest.
 *
 * @param rowId the row of the inbox that does it
 * @param backfillId what it is part of; null where it looks for what webhooks missed
 * @param from how far back, inclusive
 * @param to exclusive
 * @param place which page is next
 * @param counts what came so far
 */
public record HistoryWalk(
    long rowId,
    @Nullable String backfillId,
    VendorType vendor,
    String userId,
    String resourceType,
    Instant from,
    Instant to,
    HistoryPlace place,
    HistoryCounts counts) {}
