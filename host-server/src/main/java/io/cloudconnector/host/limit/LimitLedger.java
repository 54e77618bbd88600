package io.cloudconnector.host.limit;

import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.store.LimitHold;
import io.cloudconnector.host.store.LimitStore;
import io.cloudconnector.host.store.LimitUse;
import io.cloudconnector.host.store.ScopeUses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The steps on the stored limits of one vendor. Each takes several items as easily as one, belongs
 * to the caller's transaction, and takes the vendor's lock in it where it writes. Thread-safe.
 */
final class LimitLedger {
  /** A stop that is put off by less is the same one, told again. */
  private static final Duration SAME_STOP = Duration.ofSeconds(30);

  private final LimitStore store;
  private final VendorType vendor;
  private final List<Window> windows;
  private final Granules granules;
  private final ScopeReader scopes;
  private final Corrections corrections;
  private final int costliest;

  /**
   * Over a vendor's limits.
   *
   * @param costliest the calls that the costliest piece of work needs
   */
  LimitLedger(Database database, VendorType vendor, List<RateLimitConfig> limits, int costliest) {
    this.store = new LimitStore(database);
    this.vendor = vendor;
    this.windows = limits.stream().map(Window::new).toList();
    this.granules = new Granules(limits);
    this.scopes = new ScopeReader(store, vendor, granules);
    this.corrections = new Corrections(store, vendor, windows, scopes);
    this.costliest = costliest;
  }

  /** Takes what fits, each in its turn; the answers are in the order of the questions. */
  List<Taken> take(Handle tx, List<Ask> asks, Instant now) {
    store.lock(tx, vendor);
    Map<String, ScopeUses> found = new HashMap<>();
    List<LimitHold> holds = new ArrayList<>();
    List<Taken> answers = new ArrayList<>();
    for (Ask ask : asks) {
      for (String scope : Scopes.around(ask.userId())) {
        found.computeIfAbsent(scope, name -> scopes.tidied(tx, name, now));
      }
      Optional<Taken.Refused> refused = refusal(ask, found, now);
      if (refused.isPresent()) {
        answers.add(refused.get());
      } else {
        LimitHold hold = hold(ask, now);
        holds.add(hold);
        hold.scopes()
            .forEach(
                scope -> found.computeIfPresent(scope, (name, uses) -> with(uses, name, hold)));
        answers.add(new Taken.Granted(hold.id(), hold.permits(), hold.until()));
      }
    }
    store.hold(tx, vendor, holds);
    return answers;
  }

  private static ScopeUses with(ScopeUses before, String scope, LimitHold hold) {
    LimitUse use = new LimitUse(scope, hold.tag(), hold.permits(), hold.until(), true);
    return new ScopeUses(
        Stream.concat(before.uses().stream(), Stream.of(use)).toList(), before.stop());
  }

  private LimitHold hold(Ask ask, Instant now) {
    int most =
        windows(ask.userId())
            .filter(window -> window.counts(ask.tag()))
            .mapToInt(window -> window.limit().maxRequests())
            .min()
            .orElse(ask.calls());
    return new LimitHold(
        ThreadLocalRandom.current().nextLong(),
        counted(ask.userId()),
        ask.tag(),
        Math.min(ask.calls(), most),
        now.plus(ScopeReader.LONGEST_WORK));
  }

  private Set<String> counted(Optional<String> userId) {
    return windows(userId).map(window -> scope(window, userId)).collect(Collectors.toSet());
  }

  private Stream<Window> windows(Optional<String> userId) {
    return windows.stream()
        .filter(window -> !window.limit().isPerConnection() || userId.isPresent());
  }

  private static String scope(Window window, Optional<String> userId) {
    return Scopes.of(window.limit().isPerConnection(), userId);
  }

  private static ScopeUses in(Map<String, ScopeUses> found, String scope) {
    return Objects.requireNonNull(found.get(scope), "a scope that was not read");
  }

  private Optional<Taken.Refused> refusal(Ask ask, Map<String, ScopeUses> found, Instant now) {
    Optional<Instant> everyone =
        closedUntil(ask, found, now, Stream.of(Scopes.APPLICATION), Window::isApplications);
    Optional<Instant> some =
        closedUntil(
            ask,
            found,
            now,
            ask.userId().map(Scopes::of).stream(),
            Predicate.not(Window::isApplications));
    return Stream.concat(everyone.stream(), some.stream())
        .max(Instant::compareTo)
        .map(until -> new Taken.Refused(until, everyone.equals(Optional.of(until))));
  }

  private Optional<Instant> closedUntil(
      Ask ask,
      Map<String, ScopeUses> found,
      Instant now,
      Stream<String> stoppable,
      Predicate<Window> which) {
    Stream<Instant> stops =
        stoppable.flatMap(scope -> in(found, scope).stop().stream()).filter(now::isBefore);
    Stream<Instant> full =
        windows(ask.userId())
            .filter(window -> window.counts(ask.tag()) && which.test(window))
            .flatMap(
                window ->
                    opensAt(window, ask, in(found, scope(window, ask.userId())), now).stream());
    return Stream.concat(stops, full).max(Instant::compareTo);
  }

  private Optional<Instant> opensAt(Window window, Ask ask, ScopeUses uses, Instant now) {
    int max = window.limit().maxRequests();
    int needed = Math.min(max, ask.begun() ? ask.calls() : Math.max(ask.calls(), costliest));
    return window.opensAt(uses.uses(), needed, LaneShare.of(ask.lane(), max, needed), now);
  }

  /** Counts answered calls, believes what they said, and returns the stops that have begun. */
  List<Stop> answered(Handle tx, List<Answer> answers) {
    store.lock(tx, vendor);
    store.release(
        tx, answers.stream().collect(Collectors.toMap(Answer::hold, _ -> 1, Integer::sum)));
    store.add(tx, vendor, answers.stream().flatMap(this::uses).toList());
    for (Answer answer : answers) {
      answer.readings().forEach(reading -> corrections.apply(tx, answer, reading));
    }
    return answers.stream()
        .flatMap(answer -> answer.stops().stream())
        .filter(stop -> begins(tx, stop))
        .toList();
  }

  /** One use for each scope that counts: the vendor may have counted as late as it answered. */
  private Stream<LimitUse> uses(Answer answer) {
    Instant at = granules.fine(answer.at());
    return counted(answer.userId()).stream()
        .map(scope -> new LimitUse(scope, answer.tag(), 1, at, false));
  }

  private boolean begins(Handle tx, Stop stop) {
    Optional<Instant> before = store.stopUntil(tx, vendor, stop.scope());
    store.stop(tx, vendor, stop.scope(), stop.until());
    return before.map(until -> until.plus(SAME_STOP).isBefore(stop.until())).orElse(true);
  }

  /** Gives permits back that were not needed: how many, by hold. */
  void giveBack(Handle tx, Map<Long, Integer> permits) {
    store.lock(tx, vendor);
    store.release(tx, permits);
  }

  /** Puts right what a clock that was put back has left, in these scopes. */
  void tidy(Handle tx, List<String> names, Instant now) {
    store.lock(tx, vendor);
    names.forEach(scope -> scopes.tidied(tx, scope, now));
  }

  void endHoldsOfTheDead(Handle tx, Instant now) {
    store.lock(tx, vendor);
    store.endHoldsOfTheDead(tx, vendor, now);
  }

  /** What counts, by scope; only a look. */
  Map<String, ScopeUses> look(Handle tx, List<String> names, Instant now) {
    return names.stream()
        .collect(Collectors.toMap(scope -> scope, scope -> scopes.read(tx, scope, now)));
  }

  boolean allows(Ask ask, Map<String, ScopeUses> found, Instant now) {
    return refusal(ask, found, now).isEmpty();
  }

  List<LimitStatus> status(Optional<String> userId, Map<String, ScopeUses> found, Instant now) {
    Optional<Instant> stop =
        found.values().stream()
            .flatMap(uses -> uses.stop().stream())
            .filter(now::isBefore)
            .max(Instant::compareTo);
    return windows(userId)
        .map(window -> window.status(in(found, scope(window, userId)).uses(), now))
        .map(status -> stop.map(until -> silenced(status, until)).orElse(status))
        .toList();
  }

  private static LimitStatus silenced(LimitStatus status, Instant until) {
    return new Window.Status(status.limit(), 0, until);
  }

  Availability available(Lane lane, Map<String, ScopeUses> found, Instant now) {
    Ask smallest = new Ask(Optional.empty(), "", 1, lane, false);
    return refusal(smallest, found, now)
        .map(refused -> new Availability(0, Optional.of(refused.until())))
        .orElseGet(() -> new Availability(free(smallest, found, now), Optional.empty()));
  }

  private int free(Ask ask, Map<String, ScopeUses> found, Instant now) {
    return windows.stream()
        .filter(Window::isApplications)
        .mapToInt(
            window -> {
              int max = window.limit().maxRequests();
              int room = LaneShare.of(ask.lane(), max, Math.min(max, costliest));
              return (int) (room - window.used(in(found, Scopes.APPLICATION).uses(), now));
            })
        .min()
        .orElse(Integer.MAX_VALUE);
  }
}
