package io.cloudconnector.host.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of the inbox.
 *
 * @param position the order of acceptance; copies for further users keep the original's
 * @param entry what was accepted; its {@code userId} is null until the account is mapped
 * @param dueAt not to be worked off before
 * @param firstTriedAt when the first attempt that counts failed; null before
 * @param attempts failed attempts that count
 */
public record InboxRow(
    long id,
    long position,
    InboxEntry entry,
    Instant dueAt,
    @Nullable Instant firstTriedAt,
    int attempts,
    @Nullable String lastError) {
  InboxRow toldBy(InboxRow later) {
    return new InboxRow(
        id, position, entry.toldBy(later.entry), dueAt, firstTriedAt, attempts, lastError);
  }
}
