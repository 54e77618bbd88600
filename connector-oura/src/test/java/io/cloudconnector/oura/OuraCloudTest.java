package io.cloudconnector.oura;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Notice;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.oura.OuraResource.Listing;
import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.SimulatedLimits.Limit;
import io.cloudconnector.simulator.oura.OuraCloud;
import io.cloudconnector.simulator.oura.OuraPerson;
import io.cloudconnector.simulator.oura.OuraSubscription;
import io.cloudconnector.testkit.FakeAddress;
import io.cloudconnector.testkit.FakeBrowser;
import io.cloudconnector.testkit.FakeConfig;
import io.cloudconnector.testkit.FakeConnection;
import io.cloudconnector.testkit.FakeContext;
import io.cloudconnector.testkit.FakeHistoryQuery;
import io.cloudconnector.testkit.FakeSubscriptionRequest;
import io.cloudconnector.testkit.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector against a whole Oura cloud, over real HTTP. */
class OuraCloudTest {
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-01-15T08:00:00Z"));
  private final OuraCloud cloud = new OuraCloud(7, clock);
  private FakeContext context;
  private CloudConnector connector;
  private FakeAddress callback;
  private OuraPerson person;

  @BeforeEach
  void start() {
    cloud.start();
    person = cloud.person(cloud.addPerson(12));
    OuraConnectorFactory factory = new OuraConnectorFactory();
    context =
        FakeContext.builder(factory.descriptor())
            .clock(clock)
            .config(FakeConfig.of(factory.descriptor()).with(cloud.connectorSettings()))
            .build();
    connector = context.create(factory);
    callback = FakeAddress.of(context);
  }

  @AfterEach
  void stop() {
    callback.close();
    context.close();
    cloud.close();
  }

  @Test
  void linksTheAccountOfWhoeverConsentsAndMissesNoScope() throws Exception {
    Linked linked = link();

    assertThat(linked.accountIds()).containsExactly(person.accountId());
    assertThat(linked.granted().orElseThrow()).isEqualTo(context.config().scopes());
    assertThat(linked.credentials().refreshToken()).isPresent();
  }

  @Test
  void tellsThatThePersonRefused() {
    cloud.oauth().denyNextConsent();

    assertThatThrownBy(this::link)
        .isInstanceOfSatisfying(
            OAuthException.class, e -> assertThat(e.error()).contains("access_denied"));
  }

  @Test
  void fetchesEveryDocumentWithTheBytesThatTheCloudServes() throws Exception {
    FakeConnection connection = connection(link());

    for (String type : documentTypes()) {
      for (String id : person.ids(type)) {
        assertThat(bytes(connection, Resource.one(type, id)))
            .as(type)
            .isEqualTo(person.document(type, id));
      }
    }
    assertThat(bytes(connection, Resource.all("personal_info")))
        .asString(UTF_8)
        .contains(person.accountId());
  }

  @Test
  void findsNothingOfADeletedDocument() throws Exception {
    FakeConnection connection = connection(link());
    String sleep = person.ids("sleep").getFirst();
    person.delete("sleep", sleep);

    assertThat(connector.fetchData(connection, Resource.one("sleep", sleep)))
        .isInstanceOf(FetchResult.Gone.class);
  }

  @Test
  void findsInHistoryExactlyWhatTheCloudHoldsUnderTheSameIds() throws Exception {
    FakeConnection connection = connection(link());
    cloud.pageSizes(3, 100);

    for (String type : documentTypes()) {
      List<VendorData> history =
          history(connection, type, clock.instant().minus(Duration.ofDays(30)), clock.instant());
      Map<String, byte[]> byId =
          history.stream()
              .collect(
                  Collectors.toMap(data -> data.resource().id().orElseThrow(), VendorData::bytes));

      assertThat(byId.keySet()).as(type).isEqualTo(Set.copyOf(person.ids(type)));
      byId.forEach((id, bytes) -> assertThat(bytes).as(type).isEqualTo(person.document(type, id)));
    }
  }

  /**
   * However days and pages are cut, and whichever way Oura counts nights, nothing falls between.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void losesNoDocumentBetweenTheDays(boolean nightsByBedtime) throws Exception {
    cloud.listSleepByBedtime(nightsByBedtime);
    FakeConnection connection = connection(link());
    Instant end = clock.instant().plus(Duration.ofHours(16));

    for (String type : List.of("sleep", "daily_activity", "workout", "daily_sleep")) {
      List<String> found = new ArrayList<>();
      for (int day = 0; day < 15; day++) {
        Instant to = end.minus(Duration.ofDays(day));
        history(connection, type, to.minus(Duration.ofDays(1)), to)
            .forEach(data -> found.add(data.resource().id().orElseThrow()));
      }
      assertThat(found).as(type).containsAll(person.ids(type));
    }
  }

  @Test
  void putsTheRowsOfADayIntoOneDocumentWhicheverWayItIsFetched() throws Exception {
    FakeConnection connection = connection(link());
    cloud.pageSizes(25, 50);

    for (String type : List.of("heartrate", "ring_battery_level")) {
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      Instant from = today.minusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
      List<VendorData> days = history(connection, type, from, clock.instant());

      assertThat(days)
          .extracting(day -> day.resource().id().orElseThrow())
          .containsExactly(
              today.toString(), today.minusDays(1).toString(), today.minusDays(2).toString());
      for (VendorData day : days) {
        Instant begin =
            LocalDate.parse(day.resource().id().orElseThrow())
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
        String rows = String.join(",", person.samples(type, begin, begin.plus(Duration.ofDays(1))));
        assertThat(day.bytes()).asString(UTF_8).isEqualTo("{\"data\":[" + rows + "]}");
        assertThat(bytes(connection, day.resource())).isEqualTo(day.bytes());
      }
    }
  }

  @Test
  void subscribesWhileTheCloudTestsTheAddress() throws Exception {
    SubscriptionResult.UpToDate result = reconcile("sleep", "vo2_max");

    assertThat(result.ours()).hasSize(6).allMatch(each -> each.expiresAt().isPresent());
    assertThat(callback.statuses()).hasSize(6).containsOnly(200);
    assertThat(cloud.subscriptions().all())
        .extracting(OuraSubscription::callbackUrl)
        .containsOnly(callback.url());
  }

  @Test
  void subscribesEveryTypeThatTheCloudTellsOf() {
    Set<String> all = new OuraConnectorFactory().descriptor().resources().keySet();

    SubscriptionResult.UpToDate result = reconcile(all.toArray(String[]::new));

    assertThat(result.ours()).hasSize(3 * 16);
    assertThat(cloud.subscriptions().all()).hasSize(3 * 16);
  }

  @Test
  void renewsRepairsAndRemoves() {
    reconcile("sleep", "workout");
    OuraSubscription dropped = cloud.subscriptions().find("update", "sleep").orElseThrow();
    cloud.subscriptions().drop(dropped.id());
    clock.advance(Duration.ofDays(84));

    SubscriptionResult.UpToDate result = reconcile("sleep");

    assertThat(result.ours()).hasSize(3);
    assertThat(cloud.subscriptions().all())
        .hasSize(3)
        .allMatch(each -> each.dataType().equals("sleep"))
        .allMatch(each -> each.expiresAt().isAfter(clock.instant().plus(Duration.ofDays(89))));
  }

  @Test
  void leavesAloneWhatPointsElsewhereUntilItMayTakeItOver() {
    URI elsewhere = URI.create("https://other.example.com/hooks");
    cloud.subscriptions().madeElsewhere("update", "sleep", elsewhere);

    SubscriptionResult.UpToDate result = reconcile("sleep");
    assertThat(result.ours()).hasSize(2);
    assertThat(result.elsewhere())
        .singleElement()
        .satisfies(each -> assertThat(each.callbackUrl()).isEqualTo(elsewhere));

    connector.subscriptions().orElseThrow().reconcile(wanting("sleep").takingOver());
    assertThat(cloud.subscriptions().all())
        .hasSize(3)
        .allMatch(each -> each.callbackUrl().equals(callback.url()));
  }

  @Test
  void goesOnWhenOneTestOfTheAddressFailsAndMakesItGoodNextTime() {
    cloud.subscriptions().failNextChallenge();

    assertThatThrownBy(() -> reconcile("sleep"))
        .isInstanceOf(VendorApiException.class)
        .hasMessageContaining("callback_url did not give the challenge back");
    assertThat(cloud.subscriptions().all()).hasSize(2);
    assertThat(reconcile("sleep").ours()).hasSize(3);
  }

  @Test
  void understandsWhatTheCloudSigns() throws Exception {
    link();
    reconcile("sleep", "workout");
    String workout = person.ids("workout").getFirst();
    List<Delivery> deliveries = new ArrayList<>(person.newNight().deliveries());
    deliveries.addAll(person.update("workout", workout).deliveries());
    deliveries.addAll(person.delete("workout", workout).deliveries());

    for (Delivery delivery : deliveries) {
      assertThat(delivery.awaitOver(Duration.ofSeconds(10))).isTrue();
      assertThat(delivery.statuses()).containsExactly(200);
    }
    assertThat(context.store().events())
        .extracting(WebhookEvent::notice)
        .extracting(Notice::toString)
        .containsExactlyInAnyOrder(
            "changed sleep/" + person.ids("sleep").getFirst() + " of " + person.accountId(),
            "changed workout/" + workout + " of " + person.accountId(),
            "deleted workout/" + workout + " of " + person.accountId());
  }

  @Test
  void obeysTheLimitsOfTokenAndApplication() throws Exception {
    FakeConnection connection = connection(link());
    cloud.limits().perToken(new Limit(1, Duration.ofMinutes(5)));
    bytes(connection, Resource.all("personal_info"));

    assertThatThrownBy(() -> bytes(connection, Resource.all("personal_info")))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            limited -> assertThat(limited.retryAfter()).contains(Duration.ofMinutes(5)));
  }

  @Test
  void goesOnWithRotatedTokensWhenTheAccessTokenExpired() throws Exception {
    FakeConnection connection = connection(link());
    clock.advance(Duration.ofDays(2));

    assertThat(bytes(connection, Resource.all("personal_info"))).isNotEmpty();
    assertThat(connection.refreshes()).isEqualTo(1);
  }

  @Test
  void knowsThatASpentRefreshTokenIsDeadWhateverTheCloudCallsIt() throws Exception {
    for (String error : List.of("invalid_grant", "invalid_request")) {
      cloud.oauth().deadRefreshTokenIs(error);
      Credentials credentials = link().credentials();
      connection(Linked.with(credentials)).renewed(credentials);

      assertThatThrownBy(() -> connection(Linked.with(credentials)).renewed(credentials))
          .isInstanceOf(TokenException.class)
          .hasMessageContaining("dead");
    }
  }

  @Test
  void endsTheGrant() throws Exception {
    Connection connection = connection(link());

    assertThat(connector.linking().revoke(connection)).isInstanceOf(Revoked.Done.class);
    assertThat(cloud.oauth().linked(person.accountId())).isFalse();
    assertThat(connector.linking().revoke(connection)).isInstanceOf(Revoked.Done.class);
  }

  @Test
  void goesOnAfterALapsedMembership() throws Exception {
    FakeConnection connection = connection(link());
    Resource sleep = Resource.one("sleep", person.ids("sleep").getFirst());
    person.lapse(true);
    assertThatThrownBy(() -> bytes(connection, sleep)).isInstanceOf(OAuthException.class);
    assertThat(connection.refreshes()).isZero();

    person.lapse(false);
    assertThat(bytes(connection, sleep)).isNotEmpty();
  }

  private static List<String> documentTypes() {
    return Arrays.stream(OuraResource.values())
        .filter(type -> type.listing() == Listing.BY_DAY || type.listing() == Listing.WHOLE)
        .map(type -> type.declared().name())
        .toList();
  }

  private List<VendorData> history(Connection connection, String type, Instant from, Instant to) {
    FakeHistoryQuery first = FakeHistoryQuery.of(type, from, to);
    List<VendorData> records = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      HistoryPage page =
          connector
              .history()
              .orElseThrow()
              .page(connection, cursor.map(first::after).orElse(first));
      records.addAll(page.records());
      cursor = page.cursor();
    } while (cursor.isPresent());
    return records;
  }

  private FakeSubscriptionRequest wanting(String... types) {
    return FakeSubscriptionRequest.wanting(Set.of(types)).callbackUrl(callback.url());
  }

  private SubscriptionResult.UpToDate reconcile(String... types) {
    return (SubscriptionResult.UpToDate)
        connector.subscriptions().orElseThrow().reconcile(wanting(types));
  }

  private FakeConnection connection(Linked linked) {
    return new FakeConnection(connector, context, linked.credentials())
        .accountIds(linked.accountIds());
  }

  private byte[] bytes(Connection connection, Resource resource) {
    FetchResult result = connector.fetchData(connection, resource);
    assertThat(result).as(resource.toString()).isInstanceOf(FetchResult.Found.class);
    List<VendorData> documents = ((FetchResult.Found) result).documents();
    assertThat(documents).singleElement().extracting(VendorData::resource).isEqualTo(resource);
    return documents.getFirst().bytes();
  }

  /** The account of whoever consents. */
  private Linked link() {
    return FakeBrowser.link(context, connector);
  }
}
