package io.cloudconnector.host.config;

import io.cloudconnector.api.Secret;
import io.cloudconnector.host.config.DeliverySettings.Retention;
import io.cloudconnector.host.config.DeliverySettings.Webhook;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the section about delivery. */
final class DeliverySection {
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);
  private static final int MOST_AT_ONCE = 256;

  private DeliverySection() {}

  static DeliverySettings read(Section section) {
    Optional<Webhook> webhook =
        section.has("webhook")
            ? Optional.of(section.section("webhook", DeliverySection::webhook))
            : Optional.empty();
    return new DeliverySettings(webhook, section.section("retention", DeliverySection::retention));
  }

  private static Webhook webhook(Section section) {
    URI url = section.required("url", WebUrls::target, "https://app.example.com/events");
    Duration timeout =
        section.optional("timeout", Readings::longerThanNothing).orElse(Webhook.DEFAULT_TIMEOUT);
    if (timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      section.problem("timeout", "is longer than 5 minutes", "answer first and work afterwards");
    }
    return new Webhook(
        url,
        secrets(section),
        timeout,
        section
            .optional("retryHorizon", Readings::longerThanNothing)
            .orElse(Webhook.DEFAULT_RETRY_HORIZON),
        section
            .optional("concurrency", text -> Readings.wholeNumber(text, 1, MOST_AT_ONCE, "16"))
            .orElse(Webhook.DEFAULT_CONCURRENCY));
  }

  private static List<Secret> secrets(Section section) {
    section.reportIfAbsent("secret", "\"${CONNECTOR_DELIVERY_SECRET}\"");
    List<Value> items = section.find("secret").map(Value::oneOrMany).orElse(List.of());
    if (items.isEmpty() && section.has("secret")) {
      section.problem("secret", "is an empty list", "give at least one secret");
    }
    return SecretLists.rotating(items, "secret", Readings::standardWebhooksSecret);
  }

  private static Retention retention(Section section) {
    return new Retention(
        section.optional("maxAge", Readings::longerThanNothing).orElse(Retention.DEFAULT_MAX_AGE),
        section.optional("maxSize", Readings::size));
  }
}
