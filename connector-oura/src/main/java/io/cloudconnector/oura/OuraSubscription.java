package io.cloudconnector.oura;

import io.cloudconnector.api.Subscription;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A webhook subscription that Oura has.
 *
 * @param expiresAt empty when Oura does not say it readably
 */
record OuraSubscription(String id, URI callback, Topic topic, Optional<Instant> expiresAt) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,128}");

  /** What a subscription is for; Oura has one for each at most. */
  record Topic(String dataType, String event) {
    @Override
    public String toString() {
      return dataType + "." + event;
    }
  }

  /**
   * Reads one. Its end comes without a zone, perhaps with a fraction, and is meant in UTC.
   *
   * @throws JsonException when it is none
   */
  static OuraSubscription read(Json json) {
    return new OuraSubscription(
        segment(json.at("/id").text()),
        address(json.at("/callback_url").text()),
        new Topic(json.at("/data_type").text(), json.at("/event_type").text()),
        json.find("/expiration_time")
            .filter(Json::isText)
            .flatMap(time -> OuraTime.utc(time.text())));
  }

  /** It ends in the address of calls that bear our secret. */
  private static String segment(String id) {
    if (!ID.matcher(id).matches()) {
      throw new JsonException("JSON whose '/id' is not letters, digits and hyphens");
    }
    return id;
  }

  private static URI address(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException noAddress) {
      throw new JsonException("JSON whose '/callback_url' is no address");
    }
  }

  boolean pointsTo(URI address) {
    return callback.equals(address);
  }

  /** For the operator. */
  Subscription shown() {
    Subscription shown = Subscription.of(topic.dataType(), callback).id(id).event(topic.event());
    return expiresAt.map(shown::expiresAt).orElse(shown);
  }
}
