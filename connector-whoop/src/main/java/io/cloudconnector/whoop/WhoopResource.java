package io.cloudconnector.whoop;

import io.cloudconnector.api.Resource;
import io.cloudconnector.api.ResourceType;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** WHOOP's resource types: where each is, what its ids look like, what must be granted for it. */
enum WhoopResource {
  PROFILE(
      "/v2/user/profile/basic",
      IdShape.NONE,
      ResourceType.of("profile").scopes("read:profile").withoutWebhooks()),
  BODY_MEASUREMENT(
      "/v2/user/measurement/body",
      IdShape.NONE,
      ResourceType.of("body_measurement").scopes("read:body_measurement").withoutWebhooks()),
  CYCLE("/v2/cycle", IdShape.DIGITS, listed("cycle").scopes("read:cycles").withoutWebhooks()),
  SLEEP("/v2/activity/sleep", IdShape.UUID, listed("sleep").scopes("read:sleep")),
  /**
   * Its id is that of its sleep, and it is found through that sleep: hence two calls and scopes.
   */
  RECOVERY(
      "/v2/recovery",
      IdShape.UUID,
      listed("recovery").scopes("read:recovery", "read:sleep").callsPerFetch(2)),
  WORKOUT("/v2/activity/workout", IdShape.UUID, listed("workout").scopes("read:workout"));

  private enum IdShape {
    NONE("no ids", "(?!)"),
    /** An int64. */
    DIGITS("ids of 1 to 19 digits", "[0-9]{1,19}"),
    UUID("UUIDs as ids", "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final String words;
    private final Pattern pattern;

    IdShape(String words, String pattern) {
      this.words = words;
      this.pattern = Pattern.compile(pattern);
    }
  }

  private final String path;
  private final IdShape ids;

  // Immutable as its Javadoc says; the API carries no annotation that the checker knows.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ResourceType declared;

  WhoopResource(String path, IdShape ids, ResourceType declared) {
    this.path = path;
    this.ids = ids;
    this.declared = declared;
  }

  /**
   * A type that WHOOP lists without bounds on the span or its age. How late a strap may bring
   * something in is not documented either; three days is our own guess at how long one is worn away
   * from its phone.
   */
  private static ResourceType listed(String name) {
    return ResourceType.of(name).lag(Duration.ofDays(3));
  }

  static Optional<WhoopResource> named(String name) {
    for (WhoopResource resource : values()) {
      if (resource.declared.name().equals(name)) {
        return Optional.of(resource);
      }
    }
    return Optional.empty();
  }

  ResourceType declared() {
    return declared;
  }

  /** Whether there are many, in a list, and not one. */
  boolean isListed() {
    return ids != IdShape.NONE;
  }

  /** Where in a document its id stands: a recovery goes by its sleep's. */
  String idPlace() {
    return this == RECOVERY ? "/sleep_id" : "/id";
  }

  /** Where the type begins below the base: its only document, or its list. */
  String path() {
    return path;
  }

  /**
   * Where one document is.
   *
   * @throws IllegalArgumentException when no document of this type has such an id
   */
  String path(String id) {
    return path + "/" + checked(id);
  }

  /**
   * One document of this type.
   *
   * @throws IllegalArgumentException when no document of this type has such an id
   */
  Resource one(String id) {
    return Resource.one(declared.name(), checked(id));
  }

  /**
   * Ids come from webhooks and from the operator, and end in a URL called with a person's token.
   */
  String checked(String id) {
    if (!ids.pattern.matcher(id).matches()) {
      throw new IllegalArgumentException("WHOOP's " + declared + " has " + ids.words);
    }
    return id;
  }
}
