package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cloudconnector.api.WebhookEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a connector reads out of webhooks that tell several things at once. */
interface BatchCases extends ConnectorUnderTest {
  /** With one item in each sample, nobody would notice a connector that forgets the second. */
  @Test
  default void showsWebhooksThatTellSeveralThings() {
    Map<String, Integer> longest = new TreeMap<>();
    for (EventSample sample : events()) {
      ItemList.in(sample.body())
          .forEach(list -> longest.merge(list.pointer(), list.size(), Math::max));
    }
    assertThat(longest)
        .allSatisfy(
            (pointer, size) ->
                assertThat(size)
                    .as(
                        "the most items that a sample in events() has in its array '%s': show a"
                            + " body with two, and say what each tells",
                        pointer)
                    .isGreaterThan(1));
  }

  @Test
  default void goesOnWithTheRestOfABatchWhenOneItemCannotBeRead() {
    for (EventSample sample : events()) {
      if (sample.told().size() > 1) {
        ItemList.in(sample.body()).stream()
            .filter(list -> list.size() > 1)
            .forEach(
                list -> assertGoesOn(JsonEdit.with(sample.body(), list.pointer() + "/0", "{}")));
      }
    }
  }

  private void assertGoesOn(byte[] body) {
    List<WebhookEvent> events = new ArrayList<>();
    try (FakeHost host = FakeHost.of(factory(), this::configure)) {
      FakeWebhook request = FakeWebhook.post(body, host.context().clock().instant());
      Throwable thrown = catchThrowable(() -> events.addAll(host.connector().parseEvents(request)));
      assertThat(thrown)
          .as("what one item that cannot be read ends; make WebhookEvent.unreadable of it alone")
          .isNull();
    }
    assertThat(Notices.readable(Notices.of(events)))
        .as("what is left of a batch of which one item cannot be read: the others go on")
        .isNotEmpty();
  }
}
