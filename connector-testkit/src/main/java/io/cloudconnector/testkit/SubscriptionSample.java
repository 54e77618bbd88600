package io.cloudconnector.testkit;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which calls bring a vendor's subscriptions in order, from five beginnings. The vendor should send
 * to {@link FakeSubscriptionRequest#CALLBACK}, which is what lists of the vendor's show for ours.
 * Immutable; withers return copies.
 */
public final class SubscriptionSample {
  private final Set<String> wanted;
  private final Optional<Set<String>> topics;
  private final Map<Beginning, List<Exchange>> calls;

  /** What the vendor has, and what may be done about it. */
  private enum Beginning {
    MISSING,
    PRESENT,
    ELSEWHERE,
    TAKEN_OVER,
    UNWANTED
  }

  private SubscriptionSample(
      Set<String> wanted, Optional<Set<String>> topics, Map<Beginning, List<Exchange>> calls) {
    this.wanted = wanted;
    this.topics = topics;
    this.calls = calls;
  }

  /** The resource types to be told of. */
  public static SubscriptionSample wanting(String... resourceTypes) {
    return new SubscriptionSample(Set.of(resourceTypes), Optional.empty(), Map.of());
  }

  /**
   * The words by which the vendor is told what to send, each of which must stand in a call that
   * subscribes. Without this, the names of the wanted types; with no word, the vendor has but one
   * subscription for everything.
   */
  public SubscriptionSample topics(String... words) {
    return new SubscriptionSample(wanted, Optional.of(Set.of(words)), calls);
  }

  /** All calls when the vendor has nothing of ours: those that create it are among them. */
  public SubscriptionSample missing(Exchange... all) {
    return with(Beginning.MISSING, all);
  }

  /** All calls when the vendor has everything that is wanted, for long enough. */
  public SubscriptionSample present(Exchange... all) {
    return with(Beginning.PRESENT, all);
  }

  /** All calls when what is wanted is there but points elsewhere, and may not be taken over. */
  public SubscriptionSample elsewhere(Exchange... all) {
    return with(Beginning.ELSEWHERE, all);
  }

  /** All calls when what is wanted is there but points elsewhere, and may be taken over. */
  public SubscriptionSample takenOver(Exchange... all) {
    return with(Beginning.TAKEN_OVER, all);
  }

  /** All calls when the vendor has something of ours and of others', and nothing is wanted. */
  public SubscriptionSample unwanted(Exchange... all) {
    return with(Beginning.UNWANTED, all);
  }

  private SubscriptionSample with(Beginning beginning, Exchange... all) {
    Map<Beginning, List<Exchange>> more = new EnumMap<>(Beginning.class);
    more.putAll(calls);
    more.put(beginning, List.of(all));
    return new SubscriptionSample(wanted, topics, more);
  }

  Set<String> wanted() {
    return wanted;
  }

  Optional<Set<String>> topics() {
    return topics;
  }

  List<Exchange> missing() {
    return from(Beginning.MISSING);
  }

  List<Exchange> present() {
    return from(Beginning.PRESENT);
  }

  List<Exchange> elsewhere() {
    return from(Beginning.ELSEWHERE);
  }

  List<Exchange> takenOver() {
    return from(Beginning.TAKEN_OVER);
  }

  List<Exchange> unwanted() {
    return from(Beginning.UNWANTED);
  }

  private List<Exchange> from(Beginning beginning) {
    return calls.getOrDefault(beginning, List.of());
  }
}
