package io.cloudconnector.host.store;

import org.jspecify.annotations.Nullable;

/**
 * A revocation that is still to be done.
 *
 * @param work what to revoke; its {@code dueAt} moves with each retry
 * @param attempts how often it has been tried
 */
public record Revocation(long id, NewRevocation work, int attempts, @Nullable String lastError) {}
