package io.cloudconnector.host.store;

import org.jspecify.annotations.Nullable;

/**
 * What an inbox row is about; every part may be missing.
 *
 * @param type the vendor's own word
 * @param id one document of that type; null for many
 * @param from start of the span, an ISO 8601 day or instant
 * @param to end of the span, of the same form
 * @param hint the connector's own, handed back at the fetch
 */
public record InboxResource(
    @Nullable String type,
    @Nullable String id,
    @Nullable String from,
    @Nullable String to,
    @Nullable String hint) {
  /** About nothing in particular, such as a withdrawn access. */
  public static final InboxResource NONE = new InboxResource(null, null, null, null, null);

  /** Whether what happened to the one may have happened to the other, or to a part of it. */
  boolean mayConcern(InboxResource other) {
    return type == null
        || (type.equals(other.type) && (id == null || other.id == null || id.equals(other.id)));
  }

  /** One document. */
  public static InboxResource one(String type, String id) {
    return new InboxResource(type, id, null, null, null);
  }
}
