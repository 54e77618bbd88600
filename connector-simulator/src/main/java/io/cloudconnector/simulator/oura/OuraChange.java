package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.Delivery;
import java.util.List;

/**
 * Something that happened to a person.
 *
 * @param type of the document it happened to, as in webhooks
 * @param id of the document it happened to; where several were written, of the first
 * @param deliveries the webhooks that tell it, in the order of writing; empty when the person has
 *     not consented, or nobody is subscribed
 */
public record OuraChange(String type, String id, List<Delivery> deliveries) {
  public OuraChange {
    deliveries = List.copyOf(deliveries);
  }
}
