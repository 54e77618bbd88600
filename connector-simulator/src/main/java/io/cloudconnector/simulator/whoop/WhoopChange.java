package io.cloudconnector.simulator.whoop;

import io.cloudconnector.simulator.Delivery;
import java.util.List;

/**
 * Something that happened to a person.
 *
 * @param id the record it happened to
 * @param deliveries the webhooks that tell it, the sleep's before the recovery's; empty when the
 *     person has not consented, no address is set, or WHOOP has no event for it
 */
public record WhoopChange(String id, List<Delivery> deliveries) {
  public WhoopChange {
    deliveries = List.copyOf(deliveries);
  }
}
