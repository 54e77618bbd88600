package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.SimulatedOAuth;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.SimulatedVendor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Oura's cloud: the authorization code flow below {@code /oauth}, version 2 of the API below {@code
 * /v2/usercollection}, its sandbox below {@code /v2/sandbox}, subscriptions below {@code
 * /v2/webhook}, and webhooks for whoever subscribed. Where sources differ, a habit is a switch.
 *
 * <p>Webhooks go where {@link #sendWebhooksTo} says while nobody has ever subscribed, as if
 * somebody had by hand, to everything; afterwards to subscriptions only, each to its own address.
 *
 * <p>People and their documents follow from the seed and the clock. Tokens, codes, the client
 * secret and the ids of subscriptions do not: no two runs share them. Paths begin with {@code
 * /oauth} or {@code /v2}. Thread-safe.
 */
public final class OuraCloud extends SimulatedVendor {
  private static final long DEFAULT_SEED = 20_261_127;
  private static final int USUAL_HISTORY_DAYS = 30;

  private static final Map<String, String> ENDPOINTS =
      Map.of(
          "base", "",
          "auth", "/oauth/authorize",
          "token", "/oauth/token",
          "revoke", "/oauth/revoke");

  private final Challenge challenge = new Challenge();
  private final SplittableRandom random;
  private final InstantSource clock;
  private final OuraPeople people;
  private final OuraApi api;
  private final OuraLimits limits;
  private final OuraSubscriptions subscriptions;

  /** A cloud with the usual seed and the real clock. */
  public OuraCloud() {
    this(DEFAULT_SEED, InstantSource.system());
  }

  /**
   * @param seed decides who the people are and what is known of them
   * @param clock rules documents, expiry, limits and signatures
   */
  public OuraCloud(long seed, InstantSource clock) {
    super("oura", ENDPOINTS, OuraSigner::new, clock);
    this.random = new SplittableRandom(seed);
    this.clock = clock;
    this.limits = new OuraLimits(clock);
    this.subscriptions = new OuraSubscriptions(clock);
    SplittableRandom fake = random.split();
    this.people = new OuraPeople(() -> person(fake, USUAL_HISTORY_DAYS));
    oauth()
        .acceptBasic(true)
        .accessTokenLife(Duration.ofDays(1))
        .granting(OuraScopes::known)
        .tellScopesWith(OuraScopes.PREFIX);
    this.api = new OuraApi(people, oauth(), clock);
    mount();
  }

  private void mount() {
    server().route("POST", "/oauth/revoke", this::revoke);
    server().filter(OuraApi.BASE, limits);
    server().filter(OuraApi.SANDBOX, limits);
    api.mount(server());
    new SubscriptionApi(clientId(), clientSecret(), subscriptions, challenge).mount(server());
  }

  @Override
  public String addPerson() {
    return addPerson(USUAL_HISTORY_DAYS);
  }

  /** Opens a new account with so many days of history; whoever consents next, consents for it. */
  public String addPerson(int days) {
    OuraPerson person;
    synchronized (random) {
      person = person(random.split(), days);
    }
    people.add(person);
    oauth().addAccount(person.accountId());
    return person.accountId();
  }

  private OuraPerson person(SplittableRandom own, int days) {
    return new OuraPerson(new OuraGenerator(own), days, clock, this::announce);
  }

  @Override
  public List<Delivery> makeChange() {
    List<OuraPerson> linked =
        people.all().stream().filter(person -> oauth().linked(person.accountId())).toList();
    if (linked.isEmpty()) {
      return List.of();
    }
    synchronized (random) {
      OuraPerson person = linked.get(random.nextInt(linked.size()));
      return new DailyLife(person, random).next().deliveries();
    }
  }

  private List<Delivery> announce(String accountId, OuraEvent event) {
    if (!oauth().linked(accountId)) {
      return List.of();
    }
    String name = event.operation().word() + " " + event.type().word() + " " + event.id();
    String message = message(accountId, event);
    if (!subscriptions.everMade()) {
      return webhooks().send(name, message);
    }
    return subscriptions
        .find(event.operation().word(), event.type().word())
        .map(
            to ->
                webhooks()
                    .send(name, message, to.callbackUrl(), () -> subscriptions.remove(to.id())))
        .orElse(List.of());
  }

  private String message(String accountId, OuraEvent event) {
    return JsonText.object()
        .text("event_type", event.operation().word())
        .text("data_type", event.type().word())
        .text("object_id", event.id())
        .text("event_time", OuraTime.ofEvent(clock.instant()))
        .text("user_id", accountId)
        .toString();
  }

  /** Either form that is known: the access token in the query, or the refresh token as header. */
  private SimulatedReply revoke(SimulatedRequest request) {
    Optional<SimulatedOAuth.Holder> holder =
        request
            .query("access_token")
            .map(oauth()::holder)
            .orElseGet(() -> request.bearerToken().flatMap(oauth()::refreshTokenHolder));
    holder.ifPresent(found -> oauth().revoke(found.accountId()));
    return SimulatedReply.empty(holder.isPresent() ? 200 : 401);
  }

  /** What lists of documents and of samples hold at most on a page; at first 25 and 200. */
  public void pageSizes(int documents, int samples) {
    api.documentPages.size(documents);
    api.samplePages.size(samples);
  }

  /**
   * Whether the dates of a list of sleep take hold of when the person went to bed, instead of the
   * day of waking up. Users report the one and the other; at first it is the day.
   */
  public void listSleepByBedtime(boolean byBedtime) {
    api.listSleepByBedtime(byBedtime);
  }

  /**
   * The status for a token without the needed scope. At first 401, as those who tried have seen;
   * Oura's own pages say 403.
   */
  public void missingScopeIs(int status) {
    api.missingScopeIs(status);
  }

  /**
   * A person.
   *
   * @throws IllegalArgumentException when there is no such account
   */
  public OuraPerson person(String accountId) {
    return people.person(accountId);
  }

  /** Everybody with an account, by account id. */
  public List<OuraPerson> people() {
    return people.all();
  }

  /** The one person of the sandbox. */
  public OuraPerson sandboxPerson() {
    return people.sandbox();
  }

  /** The limits of tokens and of the application. */
  public OuraLimits limits() {
    return limits;
  }

  /** Who is subscribed, and what Oura may do to that. */
  public OuraSubscriptions subscriptions() {
    return subscriptions;
  }

  @Override
  public void close() {
    challenge.close();
    super.close();
  }
}
