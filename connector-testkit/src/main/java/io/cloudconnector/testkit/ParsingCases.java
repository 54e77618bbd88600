package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.cloudconnector.api.Notice;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.core.JsonException;
import io.cloudconnector.core.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What a connector reads out of the bodies of webhooks. */
interface ParsingCases extends ConnectorUnderTest {
  @Test
  default void readsEverythingThatAWebhookTells() {
    eachEvent(
        (host, sample) -> {
          assertThat(sample.told())
              .as(
                  "what %s tells: say it in the sample, with .tells(account, resource) or one of"
                      + " its siblings for each event of the body, in the body's order",
                  sample)
              .isNotEmpty();
          assertThat(Notices.shown(Notices.of(parsed(host, sample.body()))))
              .as(
                  "what parseEvents says of %s: one event for each item, in their order, and a"
                      + " deletion by WebhookEvent.deleted",
                  sample)
              .isEqualTo(Notices.shown(sample.told()));
        });
  }

  @Test
  default void tellsOnlyOfResourceTypesItDeclares() {
    eachEvent(
        (host, sample) ->
            assertThat(parsed(host, sample.body()))
                .extracting(event -> Notices.resource(event.notice()).map(Resource::type))
                .allSatisfy(
                    type ->
                        type.ifPresent(
                            name ->
                                assertThat(factory().descriptor().resources())
                                    .as("types in the descriptor, where a webhook tells of one")
                                    .containsKey(name))));
  }

  @Test
  default void readsTheSameTwice() {
    eachEvent(
        (host, sample) -> {
          List<String> first = described(parsed(host, sample.body()));
          assertThat(described(parsed(host, sample.body())))
              .as("a second reading of %s; parseEvents keeps nothing", sample)
              .isEqualTo(first);
        });
  }

  /** Of two notices with one key the host drops the second. */
  @Test
  default void givesDifferentNoticesDifferentDedupeKeys() {
    List<String> keys = new ArrayList<>();
    eachEvent(
        (host, sample) ->
            parsed(host, sample.body()).forEach(event -> event.dedupeKey().ifPresent(keys::add)));
    assertThat(keys)
        .as(
            "dedupe keys of all samples: make them of what differs between any two changes, or"
                + " leave them out")
        .doesNotHaveDuplicates();
  }

  @Test
  default void refusesABodyThatIsNotJson() {
    eachEvent(
        (host, sample) -> {
          String whole = sample.toString();
          for (String body :
              List.of(
                  "", "{", "not json", "<html></html>", whole.substring(0, whole.length() - 1))) {
            assertMalformed(host, body.getBytes(StandardCharsets.UTF_8), Optional.empty());
          }
        });
  }

  @Test
  default void refusesABodyThatLacksARequiredFieldAndNamesIt() {
    eachEvent(
        (host, sample) -> {
          for (String pointer : sample.required()) {
            byte[] body = JsonEdit.without(sample.body(), pointer);
            assertMalformed(host, body, Optional.of(lastOf(pointer)));
          }
        });
  }

  @Test
  default void refusesARequiredFieldOfAWrongTypeAndNamesIt() {
    eachEvent(
        (host, sample) -> {
          for (String pointer : sample.required()) {
            for (String wrong : JsonEdit.othersThan(sample.body(), pointer)) {
              byte[] body = JsonEdit.with(sample.body(), pointer, wrong);
              assertMalformed(host, body, Optional.of(lastOf(pointer)));
            }
          }
        });
  }

  @Test
  default void refusesIdsThatAreNoSafePathSegment() {
    List<String> unsafe =
        List.of(
            "../x",
            "..",
            "",
            "a/b",
            "%2e%2e",
            "%2e%2e%2fx",
            "a?b=c",
            "a#b",
            "a b",
            "a\\b",
            "a\u0000b",
            "a\nb",
            "a".repeat(10_000));
    eachEvent(
        (host, sample) -> {
          for (String pointer : sample.pathIds()) {
            for (String id : unsafe) {
              byte[] body = JsonEdit.with(sample.body(), pointer, JsonObject.quoted(id));
              assertMalformed(host, body, Optional.empty());
            }
          }
        });
  }

  private void eachEvent(BiConsumer<FakeHost, EventSample> each) {
    assumeFalse(factory().descriptor().webhooks().isEmpty(), "the vendor sends no webhooks");
    assertThat(events())
        .as("samples of webhooks in events(), since the descriptor says that the vendor sends some")
        .isNotEmpty();
    try (FakeHost host = FakeHost.of(factory(), this::configure)) {
      events().forEach(sample -> each.accept(host, sample));
    }
  }

  private static List<WebhookEvent> parsed(FakeHost host, byte[] body) {
    return host.connector().parseEvents(request(host, body));
  }

  private static FakeWebhook request(FakeHost host, byte[] body) {
    return FakeWebhook.post(body, host.context().clock().instant());
  }

  /**
   * The whole body is refused, or (in a batch) one item of it goes to quarantine. What {@code Json}
   * and {@code Resource} throw may pass through: the host's intake takes it as malformed too.
   */
  private static void assertMalformed(FakeHost host, byte[] body, Optional<String> field) {
    String shown = new String(body, 0, Math.min(body.length, 300), StandardCharsets.UTF_8);
    String why;
    try {
      why = unreadable(parsed(host, body));
      assertThat(why)
          .as(
              "the fault in %s: let Json's methods throw, or tell of the one bad item of a batch by"
                  + " WebhookEvent.unreadable",
              shown)
          .isNotEmpty();
    } catch (WebhookException | JsonException | IllegalArgumentException e) {
      if (e instanceof WebhookException refusal) {
        assertThat(refusal.status()).as("status for " + shown).isEqualTo(400);
      }
      Leaks.assertNone(e, host.context().config());
      why = String.valueOf(e.getMessage());
    }
    if (field.isPresent()) {
      assertThat(why).as("why " + shown + " is refused").contains(field.get());
    }
  }

  private static String unreadable(List<WebhookEvent> events) {
    return String.join(
        "; ",
        events.stream()
            .map(WebhookEvent::notice)
            .filter(Notice.Unreadable.class::isInstance)
            .map(Notice::toString)
            .toList());
  }

  private static String lastOf(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  private static List<String> described(List<WebhookEvent> events) {
    return events.stream()
        .map(event -> event + " " + event.dedupeKey() + event.attributes())
        .toList();
  }
}
