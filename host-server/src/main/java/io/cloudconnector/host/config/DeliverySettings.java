package io.cloudconnector.host.config;

import io.cloudconnector.api.Secret;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/** Where events are sent besides the feed that anyone with a key may read. Immutable. */
public record DeliverySettings(Optional<Webhook> webhook) {
  public DeliverySettings {
    Objects.requireNonNull(webhook);
  }

  /**
   * An address of the operator's that gets each event as a signed POST.
   *
   * @param secret {@code whsec_} and base64, as Standard Webhooks has it
   */
  public record Webhook(URI url, Secret secret) {
    public Webhook {
      Objects.requireNonNull(url);
      Objects.requireNonNull(secret);
    }
  }
}
