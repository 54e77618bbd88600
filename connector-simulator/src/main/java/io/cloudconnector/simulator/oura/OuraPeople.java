package io.cloudconnector.simulator.oura;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everybody with an account, and the one person of the sandbox, who has none. Thread-safe. */
final class OuraPeople {
  private final Map<String, OuraPerson> people = new ConcurrentHashMap<>();
  private final Supplier<OuraPerson> maker;
  private @Nullable OuraPerson sandbox;

  /**
   * @param maker of the sandbox's person, asked when the sandbox is first used
   */
  OuraPeople(Supplier<OuraPerson> maker) {
    this.maker = maker;
  }

  void add(OuraPerson person) {
    people.put(person.accountId(), person);
  }

  List<OuraPerson> all() {
    return people.keySet().stream().sorted().map(this::person).toList();
  }

  OuraPerson person(String accountId) {
    OuraPerson person = people.get(accountId);
    if (person == null) {
      throw new IllegalArgumentException("there is no Oura account '" + accountId + "'");
    }
    return person;
  }

  synchronized OuraPerson sandbox() {
    OuraPerson made = sandbox;
    if (made == null) {
      made = maker.get();
      sandbox = made;
    }
    return made;
  }
}
