package io.cloudconnector.oura;

import io.cloudconnector.api.ResourceType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Oura's resource types: where each is, how it is listed, what must be granted for it. */
enum OuraResource {
  PERSONAL_INFO(Listing.NONE, "personal_info", "personal"),
  TAG(Listing.BY_DAY, "tag", "tag"),
  ENHANCED_TAG(Listing.BY_DAY, "enhanced_tag", "tag"),
  WORKOUT(Listing.BY_DAY, "workout", "workout"),
  SESSION(Listing.BY_DAY, "session", "session"),
  SLEEP(Listing.BY_DAY, "sleep", "daily"),
  SLEEP_TIME(Listing.BY_DAY, "sleep_time", "daily"),
  REST_MODE_PERIOD(Listing.BY_DAY, "rest_mode_period", "daily"),
  DAILY_SLEEP(Listing.BY_DAY, "daily_sleep", "daily"),
  DAILY_READINESS(Listing.BY_DAY, "daily_readiness", "daily"),
  DAILY_ACTIVITY(Listing.BY_DAY, "daily_activity", "daily"),
  DAILY_STRESS(Listing.BY_DAY, "daily_stress", "daily"),
  DAILY_SPO2(Listing.BY_DAY, "daily_spo2", OuraScopes.SPO2),
  DAILY_RESILIENCE(Listing.BY_DAY, "daily_resilience", "stress"),
  DAILY_CARDIOVASCULAR_AGE(Listing.BY_DAY, "daily_cardiovascular_age", "heart_health"),
  /** In paths it is {@code vO2_max}, in webhooks {@code vo2_max}. */
  VO2_MAX(Listing.BY_DAY, "vo2_max", "vO2_max", "heart_health"),
  RING_CONFIGURATION(Listing.WHOLE, "ring_configuration", "ring_configuration"),
  HEARTRATE(Listing.SERIES, "heartrate", "heartrate"),
  RING_BATTERY_LEVEL(Listing.SERIES, "ring_battery_level", "ring_configuration");

  /** How a type is listed. */
  enum Listing {
    /** Not at all: there is one document. */
    NONE,
    /** Whole, with {@code next_token} as its only parameter. */
    WHOLE,
    /** By {@code start_date} and {@code end_date}, which are days in the person's zone. */
    BY_DAY,
    /**
     * By {@code start_datetime} and {@code end_datetime}, as rows without ids; no webhook tells of
     * them.
     */
    SERIES;

    /** A ring that is away from its phone keeps about a week, and the cloud gets it afterwards. */
    private static final Duration LATE_SYNC = Duration.ofDays(7);

    private static final Duration DOCUMENTS_SPAN = Duration.ofDays(30);

    /** One answer is right for whatever is asked for, so it need not be asked for in pieces. */
    private static final Duration ANY_SPAN = Duration.ofDays(36_500);

    /** Each day of a series takes a call at least. */
    private static final Duration SERIES_SPAN = Duration.ofDays(7);

    private ResourceType declaring(ResourceType type) {
      return switch (this) {
        case NONE -> type.maxSpan(ANY_SPAN).withoutWebhooks();
        case WHOLE -> type.maxSpan(ANY_SPAN);
        case BY_DAY -> type.maxSpan(DOCUMENTS_SPAN).lag(LATE_SYNC);
        case SERIES -> type.maxSpan(SERIES_SPAN).lag(LATE_SYNC).withoutWebhooks();
      };
    }
  }

  private final Listing listing;
  private final String segment;

  // Immutable as its Javadoc says; the API carries no annotation that the checker knows.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ResourceType declared;

  OuraResource(Listing listing, String name, String scope) {
    this(listing, name, name, scope);
  }

  OuraResource(Listing listing, String name, String segment, String scope) {
    this.listing = listing;
    this.segment = segment;
    this.declared = listing.declaring(ResourceType.of(name).scopes(scope));
  }

  /**
   * The type of this name.
   *
   * @throws IllegalArgumentException when Oura has none
   */
  static OuraResource named(String name) {
    for (OuraResource resource : values()) {
      if (resource.declared.name().equals(name)) {
        return resource;
      }
    }
    throw new IllegalArgumentException("Oura has no " + name);
  }

  /** The type of this name, in the spelling of either side. */
  static Optional<OuraResource> find(String name) {
    return Arrays.stream(values())
        .filter(resource -> resource.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** The type that a webhook may tell of by this name. */
  static Optional<OuraResource> notified(String dataType) {
    return find(dataType).filter(resource -> resource.declared.hasWebhooks());
  }

  ResourceType declared() {
    return declared;
  }

  Listing listing() {
    return listing;
  }

  /**
   * Where the type begins below the base: its only document, or its list.
   *
   * @param sandbox whether made-up data is wanted, which Oura has of all but the person
   */
  String path(boolean sandbox) {
    return (sandbox && this != PERSONAL_INFO ? "/v2/sandbox" : "/v2")
        + "/usercollection/"
        + segment;
  }
}
