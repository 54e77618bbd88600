package io.cloudconnector.testkit;

import java.util.List;
import java.util.Set;

/**
 * Which calls bring a vendor's subscriptions in order, from four beginnings. The vendor should send
 * to {@link FakeSubscriptionRequest#CALLBACK}, which is what lists of the vendor's show for ours.
 * Immutable; withers return copies.
 */
public final class SubscriptionSample {
  private final Set<String> wanted;
  private final List<Exchange> missing;
  private final List<Exchange> present;
  private final List<Exchange> elsewhere;
  private final List<Exchange> unwanted;

  private SubscriptionSample(
      Set<String> wanted,
      List<Exchange> missing,
      List<Exchange> present,
      List<Exchange> elsewhere,
      List<Exchange> unwanted) {
    this.wanted = Set.copyOf(wanted);
    this.missing = List.copyOf(missing);
    this.present = List.copyOf(present);
    this.elsewhere = List.copyOf(elsewhere);
    this.unwanted = List.copyOf(unwanted);
  }

  /** The resource types to be told of. */
  public static SubscriptionSample wanting(String... resourceTypes) {
    return new SubscriptionSample(
        Set.of(resourceTypes), List.of(), List.of(), List.of(), List.of());
  }

  /** All calls when the vendor has nothing of ours: those that create it are among them. */
  public SubscriptionSample missing(Exchange... calls) {
    return new SubscriptionSample(wanted, List.of(calls), present, elsewhere, unwanted);
  }

  /** All calls when the vendor has everything that is wanted, for long enough. */
  public SubscriptionSample present(Exchange... calls) {
    return new SubscriptionSample(wanted, missing, List.of(calls), elsewhere, unwanted);
  }

  /** All calls when what is wanted is there but points elsewhere, and may not be taken over. */
  public SubscriptionSample elsewhere(Exchange... calls) {
    return new SubscriptionSample(wanted, missing, present, List.of(calls), unwanted);
  }

  /** All calls when the vendor has something of ours and of others', and nothing is wanted. */
  public SubscriptionSample unwanted(Exchange... calls) {
    return new SubscriptionSample(wanted, missing, present, elsewhere, List.of(calls));
  }

  Set<String> wanted() {
    return wanted;
  }

  List<Exchange> missing() {
    return missing;
  }

  List<Exchange> present() {
    return present;
  }

  List<Exchange> elsewhere() {
    return elsewhere;
  }

  List<Exchange> unwanted() {
    return unwanted;
  }
}
