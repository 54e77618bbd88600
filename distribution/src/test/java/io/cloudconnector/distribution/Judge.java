package io.cloudconnector.distribution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares ledgers. Its law, for each person and in the order of acknowledgement:
 *
 * <ul>
 *   <li>A deletion is delivered by a {@code data.deleted} with its own trace id, and by nothing
 *       else.
 *   <li>A change is delivered by an event of the same resource that carries its own trace id or
 *       that of a later change, before any deletion of the resource, with the document at its
 *       version or a later one, or with the news that the vendor has it no more.
 *   <li>An event takes the place of one of the changes that it delivers; places rise, but for a
 *       change that had been acknowledged over a minute before anything passed it: a row that is
 *       retried for so long steps aside, and later changes of its resource wait for it. The
 *       versions of a resource rise.
 *   <li>No event id and no acknowledged change has two events; every event has its change.
 * </ul>
 */
final class Judge {
  static final Duration STEPS_ASIDE_AFTER = Duration.ofMinutes(1);

  private Judge() {}

  /** Whether the log tells what was acknowledged. */
  static Verdict ofLog(List<Told> acknowledged, List<Seen> log) {
    Verdict verdict = new Verdict();
    verdict.acknowledged = acknowledged.size();
    noIdTwice(log, verdict);
    Map<String, List<Told>> told = new LinkedHashMap<>();
    acknowledged.forEach(one -> told.computeIfAbsent(one.user(), u -> new ArrayList<>()).add(one));
    Map<String, List<Seen>> seen = new LinkedHashMap<>();
    log.stream()
        .filter(Seen::isData)
        .forEach(one -> seen.computeIfAbsent(one.user(), u -> new ArrayList<>()).add(one));
    Set<String> users = new HashSet<>(told.keySet());
    users.addAll(seen.keySet());
    users.forEach(
        user ->
            new PersonJudge(told.getOrDefault(user, List.of()), verdict)
                .compare(seen.getOrDefault(user, List.of())));
    return verdict;
  }

  private static void noIdTwice(List<Seen> log, Verdict verdict) {
    Set<String> ids = new HashSet<>();
    log.stream().filter(one -> !ids.add(one.id())).forEach(one -> verdict.duplicated.add("" + one));
  }

  /**
   * Whether a receiver got what is in the log: all of it, first receptions in the log's order per
   * person, nothing else. What is received again with the same id is allowed and only counted.
   */
  static Verdict ofReceiver(List<Seen> log, List<Seen> received) {
    Verdict verdict = new Verdict();
    verdict.acknowledged = log.size();
    Map<String, Integer> places = new HashMap<>();
    log.forEach(one -> places.put(one.id(), places.size()));
    Map<String, Integer> last = new HashMap<>();
    Set<String> first = new HashSet<>();
    for (Seen one : received) {
      Integer place = places.get(one.id());
      if (place == null) {
        verdict.invented.add("" + one);
      } else if (!first.add(one.id())) {
        verdict.again++;
      } else if (last.merge(one.user(), place, Math::max) > place) {
        verdict.reordered.add("" + one);
      }
    }
    log.stream().filter(one -> !first.contains(one.id())).forEach(o -> verdict.lost.add("" + o));
    verdict.delivered = verdict.acknowledged - verdict.lost.size();
    return verdict;
  }
}
