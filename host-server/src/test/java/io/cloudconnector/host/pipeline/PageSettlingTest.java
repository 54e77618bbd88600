package io.cloudconnector.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.Resource;
import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.history.Backfills;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DocumentMark;
import io.cloudconnector.host.store.DocumentStore;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.HistoryPlace;
import io.cloudconnector.host.store.HistoryWalk;
import io.cloudconnector.host.store.InboxLine;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.InboxTask;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.store.NewConnection;
import io.cloudconnector.host.store.OnEachDatabase;
import io.cloudconnector.host.store.PersonalHistory;
import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.host.store.WalkStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** What is new of a page, and that each page counts once. */
@OnEachDatabase
class PageSettlingTest {
  private static final VendorType ACME = new VendorType("acme");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final ResourceType SLEEP = ResourceType.of("sleep");

  /** Set by JUnit. */
  @Parameter @Nullable TestDatabase kind;

  private Database database;
  private InboxStore inbox;
  private Settling settling;
  private WalkStore walks;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Objects.requireNonNull(kind).open(folder);
    inbox = new InboxStore(database);
    settling = new Settling(database);
    walks = new WalkStore(database);
    link();
    new Backfills(database, new AuditLog(database, () -> NOW), () -> NOW)
        .request(Actor.HOST, ACME, "ann", NOW.minus(Duration.ofDays(5)), NOW, List.of(SLEEP));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void link() {
    ConnectionStore connections = new ConnectionStore(database);
    database.execute(
        tx ->
            connections.link(
                tx,
                new NewConnection(
                    ACME,
                    "ann",
                    connections.nextGeneration(tx, ACME, "ann"),
                    Set.of("account"),
                    Set.of(),
                    bytes("sealed"),
                    NOW,
                    null,
                    null)));
  }

  private InboxTask task() {
    InboxLine line = inbox.lines(ACME, Lane.BACKFILL, 1).getFirst().line();
    return inbox.next(line, NOW).orElseThrow();
  }

  private HistoryWalk walk() {
    return walks.find(task().row().id()).orElseThrow();
  }

  /** A page that leads on, or is the last. */
  private Settlement page(Optional<String> cursor, Instant askedAt, String... documents) {
    InboxTask task = task();
    HistoryWalk walk = walk();
    Optional<HistoryPlace> next = cursor.map(walk.place()::next);
    List<PageDocument> page = Stream.of(documents).map(text -> document(task, walk, text)).toList();
    return new Settlement(task, new Outcome.Page(1, walk, askedAt, page, true, next), NOW);
  }

  /** Such as {@code 7 old}. */
  private static PageDocument document(InboxTask task, HistoryWalk walk, String text) {
    VendorData data = VendorData.json(Resource.one("sleep", id(text)), bytes(json(text)).toArray());
    Bytes content = ContentHash.of(data.mediaType(), data.bytes());
    return new PageDocument(
        new ResourceEvents(task.row(), "ann", NOW).listed(walk.counts().pages(), data, content),
        content);
  }

  private static String id(String text) {
    return text.substring(0, text.indexOf(' '));
  }

  private static String json(String text) {
    return '"' + text + '"';
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private void given(String text, Instant at) {
    Bytes content = ContentHash.of("application/json", bytes(json(text)).toArray());
    String subject = "sleep/" + id(text);
    DocumentMark mark = new DocumentMark(ACME, "ann", subject, content, at);
    database.execute(tx -> new DocumentStore(database).logged(tx, List.of(mark)));
  }

  private List<String> log() {
    return new EventLog(database)
        .read(0, 100, Integer.MAX_VALUE).stream()
            .map(one -> Objects.requireNonNull(one.event().data()).toArray())
            .map(data -> new String(data, StandardCharsets.UTF_8))
            .filter(text -> text.startsWith("\""))
            .map(text -> text.substring(1, text.length() - 1))
            .toList();
  }

  @Test
  void onlyWhatDiffersFromWhatWasGivenLastIsGiven() {
    Instant before = NOW.minus(Duration.ofHours(1));
    given("1 same", before);
    given("2 old", before);

    Settled settled = settling.settle(page(Optional.empty(), NOW, "1 same", "2 new", "3 new"));

    assertThat(log()).containsExactly("2 new", "3 new");
    assertThat(settled.logged()).hasSize(3);
    assertThat(settled.more()).isFalse();
  }

  /** On PostgreSQL the live work may have been another host's. */
  @Test
  void whatWasGivenAfterThePageWasAskedForIsNewer() {
    given("1 newer", NOW.plusMillis(1));

    settling.settle(page(Optional.empty(), NOW, "1 older", "2 new"));

    assertThat(log()).containsExactly("2 new");
  }

  @Test
  void aClockThatWasPutBackHoldsNothingUpForLong() {
    given("1 of tomorrow", NOW.plus(Duration.ofDays(1)));

    settling.settle(page(Optional.empty(), NOW, "1 new"));

    assertThat(log()).containsExactly("1 new");
  }

  @Test
  void whatAPageRepeatsIsGivenOnceAndWhatItSaysAnewInItsOrder() {
    settling.settle(page(Optional.empty(), NOW, "1 a", "1 a", "1 b", "2 a"));

    assertThat(log()).containsExactly("1 a", "1 b", "2 a");
  }

  @Test
  void aPageThatIsWrittenDownTwiceCountsOnce() {
    Settlement page = page(Optional.of("c1"), NOW, "1 a", "2 a");

    assertThat(settling.settle(page).more()).isTrue();
    assertThat(settling.settle(page)).isEqualTo(Settled.NOTHING.andMore(true));

    assertThat(log()).containsExactly("1 a", "2 a");
    assertThat(walk().counts().documents()).isEqualTo(2);
    assertThat(walk().place().cursor()).isEqualTo("c1");
  }

  @Test
  void aPageForAnEndedConnectionComesToNothing() {
    Settlement page = page(Optional.empty(), NOW, "1 a");
    database.execute(tx -> new PersonalHistory(database).end(tx, ACME, "ann", NOW));

    assertThat(settling.settle(page)).isEqualTo(Settled.NOTHING);

    assertThat(log()).isEmpty();
    assertThat(inbox.lines(ACME, Lane.BACKFILL, 10)).isEmpty();
  }

  @Test
  void whatIsGivenUpBeginsItsSliceAgainWhenItIsReplayed() {
    settling.settle(page(Optional.of("c1"), NOW, "1 a"));

    settling.settle(new Settlement(task(), new Outcome.Bury("the cursor is too old", false), NOW));

    HistoryPlace place = walks.find(1).orElseThrow().place();
    assertThat(place.cursor()).isNull();
    assertThat(place.pages()).isZero();
  }

  @Test
  void manyDocumentsAreHeldInPiecesThatAStatementTakes() {
    String[] many =
        Stream.iterate(0, i -> i + 1).limit(2_000).map(i -> "id" + i + " x").toArray(String[]::new);

    settling.settle(page(Optional.empty(), NOW, many));

    assertThat(log()).hasSize(100);
    assertThat(new EventLog(database).last()).isGreaterThan(1_999);
  }
}
