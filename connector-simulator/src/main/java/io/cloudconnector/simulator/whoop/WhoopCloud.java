package io.cloudconnector.simulator.whoop;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.SimulatedLimits;
import io.cloudconnector.simulator.SimulatedLimits.Limit;
import io.cloudconnector.simulator.SimulatedVendor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * WHOOP's cloud: the authorization code flow below {@code /oauth/oauth2}, the version 2 API below
 * {@code /developer}, webhooks for the six types of event that WHOOP has. Where WHOOP's documents
 * leave something open, it is as strict as their words allow.
 *
 * <p>The members and their records follow from the seed and the clock. Tokens, codes, the client
 * secret and trace ids do not: no two runs share them. Paths begin with {@code /oauth} or {@code
 * /developer}. Thread-safe.
 */
public final class WhoopCloud extends SimulatedVendor {
  private static final long DEFAULT_SEED = 20_261_123;
  private static final int USUAL_HISTORY_DAYS = 30;

  /** WHOOP's ids are int64; beginning here, one that is read as a double is another one. */
  private static final long FIRST_CYCLE_ID = (1L << 53) + 1;

  private static final long CYCLES_PER_PERSON = 1_000_000;
  private static final long FIRST_USER_ID = 10_000_001;

  private static final Set<String> SCOPES =
      Set.of(
          "read:recovery",
          "read:cycles",
          "read:workout",
          "read:sleep",
          "read:profile",
          "read:body_measurement",
          "offline");

  private static final Map<String, String> ENDPOINTS =
      Map.of(
          "base",
          WhoopApi.BASE,
          "auth",
          "/oauth/oauth2/auth",
          "token",
          "/oauth/oauth2/token",
          "revoke",
          WhoopApi.BASE + "/v2/user/access");

  private final WhoopPeople people = new WhoopPeople();
  private final SplittableRandom random;
  private final InstantSource clock;
  private final SimulatedLimits limits;
  private int members;
  private volatile boolean sharedTraceIds;

  /** A cloud with the usual seed and the real clock. */
  public WhoopCloud() {
    this(DEFAULT_SEED, InstantSource.system());
  }

  /**
   * @param seed decides who the members are and what is recorded of them
   * @param clock rules recording, expiry, limits and signatures
   */
  public WhoopCloud(long seed, InstantSource clock) {
    super("whoop", ENDPOINTS, WhoopSigner::new, clock);
    this.random = new SplittableRandom(seed);
    this.clock = clock;
    this.limits =
        new SimulatedLimits(
            clock, new Limit(100, Duration.ofMinutes(1)), new Limit(10_000, Duration.ofDays(1)));
    oauth().scopes(SCOPES).refreshOnlyWith("offline").shortestState(8);
    server().filter(WhoopApi.BASE + "/", limits);
    new WhoopApi(people, oauth(), clock).mount(server());
  }

  @Override
  public String addPerson() {
    return addPerson(USUAL_HISTORY_DAYS);
  }

  /** Opens a new account with so many days of history; whoever consents next, consents for it. */
  public String addPerson(int days) {
    WhoopPerson person = newMember();
    person.live(days);
    people.add(person);
    oauth().addAccount(person.accountId());
    return person.accountId();
  }

  private WhoopPerson newMember() {
    synchronized (random) {
      return member(members++);
    }
  }

  private WhoopPerson member(int index) {
    long userId = FIRST_USER_ID + index;
    WhoopGenerator generator =
        new WhoopGenerator(random.split(), userId, FIRST_CYCLE_ID + index * CYCLES_PER_PERSON);
    return new WhoopPerson(
        userId, generator, clock, events -> announce(Long.toString(userId), events));
  }

  @Override
  public List<Delivery> makeChange() {
    List<WhoopPerson> linked =
        people.all().stream().filter(person -> oauth().linked(person.accountId())).toList();
    if (linked.isEmpty()) {
      return List.of();
    }
    synchronized (random) {
      WhoopPerson person = linked.get(random.nextInt(linked.size()));
      return new DailyLife(person, random, clock).next().deliveries();
    }
  }

  private List<Delivery> announce(String accountId, List<WhoopEvent> events) {
    List<Delivery> deliveries = new ArrayList<>();
    if (oauth().linked(accountId)) {
      String shared = UUID.randomUUID().toString();
      for (WhoopEvent event : events) {
        String traceId = sharedTraceIds ? shared : UUID.randomUUID().toString();
        deliveries.addAll(webhooks().send(traceId, message(accountId, event, traceId)));
      }
    }
    return deliveries;
  }

  private static String message(String accountId, WhoopEvent event, String traceId) {
    return JsonText.object()
        .number("user_id", accountId)
        .text("id", event.id())
        .text("type", event.type())
        .text("trace_id", traceId)
        .toString();
  }

  /**
   * Whether the events of one change (a sleep and its recovery) share one trace id. WHOOP does not
   * say; at first they do not.
   */
  public void shareTraceIds(boolean share) {
    sharedTraceIds = share;
  }

  /**
   * A member.
   *
   * @throws IllegalArgumentException when there is no such account
   */
  public WhoopPerson person(String accountId) {
    return people.person(accountId);
  }

  /** All members, by account id. */
  public List<WhoopPerson> people() {
    return people.all();
  }

  /** The number that the version 1 API knew a sleep or workout by; the id mapping knows it too. */
  public long v1Id(String activityId) {
    return WhoopPeople.v1Id(activityId);
  }

  /** The app's limits: at first 100 a minute and 10,000 a day. */
  public SimulatedLimits limits() {
    return limits;
  }
}
