package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.Resource;
import io.cloudconnector.host.store.InboxResource;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A resource to and from its columns. A span of days is told from one of instants by its text. */
final class StoredResource {
  private StoredResource() {}

  static InboxResource of(Resource resource) {
    return new InboxResource(
        resource.type(),
        resource.id().orElse(null),
        resource
            .span()
            .map(span -> span.from().toString())
            .or(() -> resource.days().map(days -> days.first().toString()))
            .orElse(null),
        resource
            .span()
            .map(span -> span.to().toString())
            .or(() -> resource.days().map(days -> days.last().toString()))
            .orElse(null),
        resource.hint().orElse(null));
  }

  static Resource read(InboxResource stored) {
    String type = stored.type();
    if (type == null) {
      throw new IllegalArgumentException("the row is about no resource");
    }
    Resource resource = read(type, stored);
    String hint = stored.hint();
    return hint == null ? resource : resource.hint(hint);
  }

  private static Resource read(String type, InboxResource stored) {
    String id = stored.id();
    String from = stored.from();
    String to = stored.to();
    if (id != null) {
      return Resource.one(type, id);
    }
    if (from == null || to == null) {
      return Resource.all(type);
    }
    return isDay(from)
        ? Resource.days(type, LocalDate.parse(from), LocalDate.parse(to))
        : Resource.range(type, Instant.parse(from), Instant.parse(to));
  }

  private static boolean isDay(@Nullable String text) {
    return text != null && text.indexOf('T') < 0;
  }
}
