package io.cloudconnector.host.limit;

import io.cloudconnector.host.store.Lane;
import java.util.Optional;

/**
 * A wish for permits.
 *
 * @param userId empty for a call of the application itself
 * @param begun whether work that has started needs one more call: it does not have to leave room
 *     for costlier work to start
 */
record Ask(Optional<String> userId, String tag, int calls, Lane lane, boolean begun) {}
