package io.cloudconnector.host.store;

import java.util.List;

/**
 * What one webhook brought.
 *
 * @param entries the changes it tells of
 * @param unreadable its items that could not be read
 * @param body as it came; kept until its changes are worked off
 */
public record NewWebhook(List<InboxEntry> entries, List<NewQuarantine> unreadable, Bytes body) {
  public NewWebhook {
    entries = List.copyOf(entries);
    unreadable = List.copyOf(unreadable);
  }
}
