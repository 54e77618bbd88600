package io.cloudconnector.testkit;

import io.cloudconnector.api.Notice;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What events state, in a form that can be compared and shown. */
final class Notices {
  private Notices() {}

  static List<Notice> of(List<WebhookEvent> events) {
    return events.stream().map(WebhookEvent::notice).toList();
  }

  /** Equal texts state the same, down to the bytes of a document. */
  static List<String> shown(List<Notice> notices) {
    return notices.stream().map(Notices::shown).toList();
  }

  private static String shown(Notice notice) {
    return notice instanceof Notice.Carried carried
        ? notice + " " + new String(carried.data().bytes(), StandardCharsets.ISO_8859_1)
        : notice.toString();
  }

  static List<Notice> readable(List<Notice> notices) {
    return notices.stream().filter(notice -> !(notice instanceof Notice.Unreadable)).toList();
  }

  /** What a notice is about; empty where it is about no resource. */
  static Optional<Resource> resource(Notice notice) {
    return switch (notice) {
      case Notice.Changed changed -> Optional.of(changed.resource());
      case Notice.Deleted deleted -> Optional.of(deleted.resource());
      case Notice.Carried carried -> Optional.of(carried.data().resource());
      case Notice.AccessWithdrawn ignored -> Optional.empty();
      case Notice.Unreadable ignored -> Optional.empty();
    };
  }
}
