package io.cloudconnector.host.store;

import org.jspecify.annotations.Nullable;

/**
 * An accepted change that is still in the inbox.
 *
 * @param givenUp whether it is a dead letter; else it waits
 * @param data what the notice itself carried; null where it only told of a change
 * @param body the webhook that told of it; null where that told of others' changes too
 */
public record HeldChange(
    DeadLetter what, boolean givenUp, @Nullable Bytes data, @Nullable Bytes body) {}
