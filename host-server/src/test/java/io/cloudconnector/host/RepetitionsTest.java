package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For how long a vendor's repetition is known as one. */
final class RepetitionsTest extends HostTest {
  /** More than it takes for webhooks of one commit to be stored first and put in line later. */
  private static final int BURST = 20;

  private String account;

  @BeforeEach
  void link() {
    account = host.link("anna");
  }

  @Test
  void aNoticeIsKnownAgainAfterThirteenDaysAndNewAfterFifteen() throws InterruptedException {
    deliver(notice("older"));
    host.clock.advance(Duration.ofDays(2));
    deliver(notice("newer"));
    awaitUpdates("older", 1);
    awaitUpdates("newer", 1);

    clearAwayAfter(Duration.ofDays(13));

    awaitTakenAsNew("older");
    deliver(notice("newer"));
    assertNothingCameOf("newer");
  }

  @Test
  void soIsOneThatCameInABurst() throws InterruptedException {
    host.deliverInOneCommit(burst("older"));
    host.clock.advance(Duration.ofDays(2));
    host.deliverInOneCommit(burst("newer"));
    api.awaitEvents("data.updated", 2 * BURST);

    clearAwayAfter(Duration.ofDays(13));

    awaitTakenAsNew("older-0");
    deliver(notice("newer-0"));
    assertNothingCameOf("newer-0");
  }

  @Test
  void whatCameWithAQuarantinedNoticeIsKnownUntilThatIsDecided() throws InterruptedException {
    deliver(notice("older"));
    awaitUpdates("older", 1);
    host.clock.advance(Duration.ofDays(1));
    acme.put(account, "run/unreadable", "{}");
    String unreadable =
        "{\"account\":\"%s\",\"type\":\"run.updated\",\"id\":\"unreadable\"}".formatted(account);
    deliver(AcmeCloud.batchText(notice("readable"), unreadable));
    awaitUpdates("readable", 1);

    host.clock.advance(Duration.ofDays(21));
    restart("settings: { lenient: true }");
    awaitTakenAsNew("older");
    api.post("/v1/quarantine/replay", "{\"vendor\":\"acme\"}");

    awaitUpdates("unreadable", 1);
    assertNothingCameOf("readable");
  }

  private List<String> burst(String name) {
    return IntStream.range(0, BURST).mapToObj(i -> notice(name + "-" + i)).toList();
  }

  private String notice(String run) {
    acme.put(account, "run/" + run, "{}");
    return AcmeCloud.noticeText(account, "run.updated", run, "trace of " + run);
  }

  private void deliver(String notice) throws InterruptedException {
    assertThat(acme.deliver(notice)).isEqualTo(200);
  }

  /** What clears away runs at each start. */
  private void clearAwayAfter(Duration time) {
    host.clock.advance(time);
    restart("");
  }

  /** Sent before its key is cleared away, it is one more repetition. */
  private void awaitTakenAsNew(String run) {
    Awaitility.await()
        .until(
            () -> {
              deliver(notice(run));
              return updates(run) == 2;
            });
  }

  /** A person's events keep their order, so it would be there before the one that is. */
  private void assertNothingCameOf(String run) throws InterruptedException {
    deliver(notice("last"));
    awaitUpdates("last", 1);
    assertThat(updates(run)).isOne();
  }

  private void awaitUpdates(String run, int count) {
    Awaitility.await().until(() -> updates(run) == count);
  }

  private long updates(String run) {
    return api.events("data.updated").stream()
        .filter(event -> event.get("resourceid").asString().equals(run))
        .count();
  }
}
