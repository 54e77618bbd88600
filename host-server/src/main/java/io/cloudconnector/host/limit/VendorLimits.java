package io.cloudconnector.host.limit;

import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.GroupedWork;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.store.ScopeUses;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits of one vendor. Every use is stored before its call is sent, so that no rolling window
 * is exceeded over restarts and hosts either. Thread-safe.
 */
public final class VendorLimits {
  private static final Logger log = LoggerFactory.getLogger(VendorLimits.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Database database;
  private final VendorType vendor;
  private final LimitLedger ledger;
  private final VendorWord word;
  private final GroupedWork<Ask, Taken> taking;
  private final GroupedWork<Answer, List<Stop>> answering;
  private final GroupedWork<Leftover, Leftover> givingBack;
  private final InstantSource clock;

  /**
   * Limits over stored uses.
   *
   * @param costliest the calls that the costliest piece of work needs. Work starts only when that
   *     much room is left: else cheap work would take each call as it becomes free, and costly work
   *     would wait for ever
   * @param reader what an answer's headers say; the connector's own
   */
  public VendorLimits(
      Database database,
      VendorType vendor,
      List<RateLimitConfig> limits,
      int costliest,
      Function<HttpReply, List<LimitReading>> reader,
      InstantSource clock) {
    this.database = database;
    this.vendor = vendor;
    this.ledger = new LimitLedger(database, vendor, limits, costliest);
    this.word = new VendorWord(vendor, limits, reader);
    this.clock = clock;
    this.taking = work("take", (tx, asks) -> ledger.take(tx, asks, clock.instant()));
    this.answering = work("answer", this::answeredAll);
    this.givingBack = work("give back", this::giveBackAll);
  }

  private <I, O> GroupedWork<I, O> work(String name, BiFunction<Handle, List<I>, List<O>> step) {
    return new GroupedWork<>(GroupedWork.Rank.LIMIT, vendor + " " + name, step);
  }

  /** Permits of a hold that were not needed. */
  private record Leftover(long hold, int permits) {}

  /** Lets go of what an earlier run of this host had on its way, where that can be known. */
  public void recover() {
    Instant now = clock.instant();
    database.execute(tx -> ledger.endHoldsOfTheDead(tx, now));
  }

  /** {@link #reserve(String, int, Lane)} for somebody who waits for the answer. */
  public Reservation reserve(String userId, int calls) {
    return reserve(userId, calls, Lane.LIVE);
  }

  /**
   * Takes permits for a whole piece of work before it starts, so that a burst of work that needs
   * two calls each finishes some instead of starving all. Of every window {@link LaneShare some} is
   * kept for the lanes before this one.
   *
   * @throws LimitReachedException when they are not to be had now; nothing is taken
   */
  public Reservation reserve(String userId, int calls, Lane lane) {
    Taken.Granted granted = take(new Ask(Optional.of(userId), "", calls, lane, false));
    return new Reservation(this, Optional.of(userId), lane, Optional.of(granted));
  }

  /**
   * For a person's calls whose number is not known before; each takes its permit when it is made.
   */
  public Reservation unreserved(String userId) {
    return new Reservation(this, Optional.of(userId), Lane.LIVE, Optional.empty());
  }

  /** For calls of the application itself, each taking its permit when it is made. */
  public Reservation application() {
    return new Reservation(this, Optional.empty(), Lane.LIVE, Optional.empty());
  }

  /** Whether so many calls would be allowed now. Takes nothing. */
  public boolean allows(String userId, int calls) {
    Instant now = clock.instant();
    Ask ask = new Ask(Optional.of(userId), "", calls, Lane.LIVE, false);
    return ledger.allows(ask, look(ask.userId(), now), now);
  }

  /** Each window that counts for a person, in the order of the configuration. Takes nothing. */
  public List<LimitStatus> status(String userId) {
    Instant now = clock.instant();
    return ledger.status(Optional.of(userId), look(Optional.of(userId), now), now);
  }

  /** What the application's limits leave to a lane now. One look-up; takes nothing. */
  public Availability available(Lane lane) {
    Instant now = clock.instant();
    return ledger.available(lane, look(Optional.empty(), now), now);
  }

  private Map<String, ScopeUses> look(Optional<String> userId, Instant now) {
    List<String> scopes = Scopes.around(userId);
    Map<String, ScopeUses> found = database.read(tx -> ledger.look(tx, scopes, now));
    if (found.values().stream().noneMatch(uses -> ScopeReader.isAhead(uses, now))) {
      return found;
    }
    database.execute(tx -> ledger.tidy(tx, scopes, now));
    return database.read(tx -> ledger.look(tx, scopes, now));
  }

  Taken.Granted take(Ask ask) {
    Instant now = clock.instant();
    return switch (database.together(taking, ask, PATIENCE)) {
      case Taken.Granted granted -> granted;
      case Taken.Refused(Instant until, boolean everyone) ->
          throw new LimitReachedException(
              "the limits of %s allow no further call until %s".formatted(vendor, until),
              Duration.between(now, until),
              until,
              everyone);
    };
  }

  void giveBack(long hold, int permits) {
    database.together(givingBack, new Leftover(hold, permits), PATIENCE);
  }

  private List<Leftover> giveBackAll(Handle tx, List<Leftover> leftovers) {
    ledger.giveBack(
        tx,
        leftovers.stream()
            .collect(Collectors.toMap(Leftover::hold, Leftover::permits, Integer::sum)));
    return leftovers;
  }

  /** Counts a call that brought no usable answer: whether the vendor counted it is unknown. */
  void failed(long hold, Optional<String> userId, String tag, Instant sentAt) {
    settle(new Answer(hold, userId, tag, sentAt, clock.instant(), List.of(), List.of()));
  }

  /** Counts an answered call, and believes what the vendor says about its limits. */
  void answered(long hold, Optional<String> userId, String tag, Instant sentAt, HttpReply reply) {
    Instant now = clock.instant();
    List<LimitReading> readings = word.readings(reply);
    List<Stop> stops = word.stops(reply, readings, userId, now);
    settle(new Answer(hold, userId, tag, sentAt, now, readings, stops));
  }

  private void settle(Answer answer) {
    database.together(answering, answer, PATIENCE).forEach(this::tell);
  }

  /** One of them tells of all stops that have begun. */
  private List<List<Stop>> answeredAll(Handle tx, List<Answer> answers) {
    List<List<Stop>> told = new ArrayList<>(Collections.nCopies(answers.size(), List.of()));
    told.set(0, ledger.answered(tx, answers));
    return told;
  }

  private void tell(Stop stop) {
    log.atInfo()
        .addKeyValue("vendor", vendor)
        .log(
            "{} asks for silence until {}; work of {} waits and loses no attempt",
            vendor,
            stop.until(),
            stop.scope().equals(Scopes.APPLICATION) ? "everyone" : "one person");
  }

  Instant now() {
    return clock.instant();
  }
}
