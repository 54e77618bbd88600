package io.cloudconnector.simulator.whoop;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** All members, by account id. Thread-safe. */
final class WhoopPeople {
  private final Map<String, WhoopPerson> people = new ConcurrentSkipListMap<>();

  void add(WhoopPerson person) {
    people.put(person.accountId(), person);
  }

  List<WhoopPerson> all() {
    return List.copyOf(people.values());
  }

  WhoopPerson person(String accountId) {
    WhoopPerson person = people.get(accountId);
    if (person == null) {
      throw new IllegalArgumentException("there is no WHOOP account '" + accountId + "'");
    }
    return person;
  }

  Optional<String> activityWithV1Id(String v1Id) {
    return all().stream()
        .flatMap(person -> Stream.of("sleep", "workout").flatMap(t -> person.ids(t).stream()))
        .filter(id -> Long.toString(v1Id(id)).equals(v1Id))
        .findFirst();
  }

  /** The number that an activity had before version 2 of the API, derived from its UUID. */
  static long v1Id(String activityId) {
    CRC32 sum = new CRC32();
    sum.update(activityId.getBytes(StandardCharsets.US_ASCII));
    return sum.getValue();
  }
}
