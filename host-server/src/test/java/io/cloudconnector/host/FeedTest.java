package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Reading the event log. */
final class FeedTest extends HostTest {
  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() throws InterruptedException {
    String account = host.link("anna");
    for (int i = 1; i <= 6; i++) {
      acme.put(account, "run/" + i, "{}");
      acme.deliver(AcmeCloud.noticeText(account, "run.updated", "" + i, "t-" + i));
    }
    api.awaitEvents("data.updated", 6);

    List<String> ids = new ArrayList<>();
    JsonNode page = api.get("/v1/events?limit=3").json();
    while (!page.get("events").isEmpty()) {
      page.get("events").forEach(event -> ids.add(event.get("id").asString()));
      page = api.get("/v1/events?limit=3&after=" + page.get("next").asString()).json();
    }

    assertThat(ids).hasSize(7).doesNotHaveDuplicates();
    String last = page.get("next").asString();
    assertThat(api.get("/v1/events?after=" + last).json().get("next").asString()).isEqualTo(last);
  }

  @Test
  void anEmptyLogHasANextToo() {
    JsonNode page = api.get("/v1/events").json();

    assertThat(page.get("events")).isEmpty();
    String next = page.get("next").asString();
    host.link("anna");
    assertThat(api.get("/v1/events?after=" + next).json().get("events")).hasSize(1);
  }

  @Test
  void aWaitingReaderGetsAnEventAsSoonAsItIsThere() throws Exception {
    String account = host.link("anna");
    acme.put(account, "run/7", "{}");
    String next = api.get("/v1/events").json().get("next").asString();
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> api.get("/v1/events?wait=50&after=" + next));

    acme.notice(account, "run.updated", "7");

    Answer answer = waiting.get(30, TimeUnit.SECONDS);
    assertThat(answer.json().get("events")).hasSize(1);
  }

  @Test
  void aWaitThatNothingEndsGivesAnEmptyPage() {
    assertThat(api.get("/v1/events?wait=1").json().get("events")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "after=", "after=5", "after=c-1", "after=c1;", "after=c99999999999999999999", "limit=0",
        "limit=1001", "limit=x", "limit=", "wait=-1", "wait=61", "wait=1.5"
      })
  void questionsThatMakeNoSenseAreRefused(String query) {
    assertThat(api.get("/v1/events?" + query).problem()).isEqualTo("bad-request");
  }

  @Test
  void aCursorOfAnotherLogHasExpired() {
    assertThat(api.get("/v1/events?after=c1000").problem()).isEqualTo("cursor-expired");
    assertThat(api.get("/v1/events?after=c1000&wait=5").problem()).isEqualTo("cursor-expired");
  }
}
