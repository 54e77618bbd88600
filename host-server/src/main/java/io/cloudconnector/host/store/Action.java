package io.cloudconnector.host.store;

import java.util.Arrays;

/** What the audit log tells of. The word is what is stored and shown. */
public enum Action {
  LINK_CREATED("link.created"),
  CONNECTION_LINKED("connection.linked"),
  CONNECTION_RELINKED("connection.relinked"),
  CONNECTION_ENDED("connection.ended"),
  BACKFILL_STARTED("backfill.started"),
  REAUTHORIZATION_REQUIRED("connection.reauthorization_required"),
  USER_EXPORTED("user.exported"),
  USER_DELETED("user.deleted"),
  REFRESHES_RESUMED("refreshes.resumed"),
  SUBSCRIPTIONS_CHECKED("subscriptions.check_asked"),
  KEY_ROTATION_STARTED("keys.rotation_started"),
  DEAD_LETTER_REPLAYED("dead_letter.replayed"),
  DEAD_LETTERS_REPLAYED("dead_letters.replayed"),
  DEAD_LETTER_DISCARDED("dead_letter.discarded"),
  QUARANTINE_REPLAYED("quarantine.replayed"),
  QUARANTINE_DISCARDED("quarantine.discarded"),
  DELIVERY_REPLAYED("delivery.replayed"),
  DELIVERY_RESUMED("delivery.resumed"),
  PARKED_EVENT_REPLAYED("delivery.parked_event_replayed"),
  PARKED_EVENT_DISCARDED("delivery.parked_event_discarded");

  private final String word;

  Action(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  static Action of(String word) {
    return Arrays.stream(values())
        .filter(action -> action.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the audit log knows no " + word));
  }
}
