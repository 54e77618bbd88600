package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Notice;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.api.WebhookRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract finds faults in how webhooks are read that tell several things. */
class BrokenParsingTest {
  @Test
  void theContractFindsABatchOfWhichOnlyTheFirstItemIsRead() {
    Map<String, String> words = BrokenContract.words(Hasty.class);

    assertThat(words).containsKey("readsEverythingThatAWebhookTells");
    assertThat(words.get("readsEverythingThatAWebhookTells")).contains("one event for each item");
  }

  @Test
  void theContractFindsADeletionThatIsTakenForAChange() {
    Map<String, String> words = BrokenContract.words(Blurring.class);

    assertThat(words).containsOnlyKeys("readsEverythingThatAWebhookTells");
    assertThat(words.get("readsEverythingThatAWebhookTells")).contains("WebhookEvent.deleted");
  }

  @Test
  void theContractFindsABatchThatOneBadItemSpoils() {
    Map<String, String> words = BrokenContract.words(Brittle.class);

    assertThat(words).containsOnlyKeys("goesOnWithTheRestOfABatchWhenOneItemCannotBeRead");
    assertThat(words.get("goesOnWithTheRestOfABatchWhenOneItemCannotBeRead"))
        .contains("WebhookEvent.unreadable");
  }

  @Test
  void theContractAsksWhatEachWebhookTells() {
    Map<String, String> words = BrokenContract.words(Silent.class);

    assertThat(words).containsOnlyKeys("readsEverythingThatAWebhookTells");
    assertThat(words.get("readsEverythingThatAWebhookTells")).contains(".tells(account, resource)");
  }

  @Test
  void theContractAsksForABatchWithMoreThanOneItem() {
    Map<String, String> words = BrokenContract.words(Single.class);

    assertThat(words).containsOnlyKeys("showsWebhooksThatTellSeveralThings");
    assertThat(words.get("showsWebhooksThatTellSeveralThings")).contains("show a body with two");
  }

  /** This part of the contract alone, to be quick. */
  abstract static class Thorough implements ThoroughUnderTest, ParsingCases, BatchCases {}

  /** Thorough with a fault. Not found by itself: its name does not end in Test. */
  abstract static class Broken extends Thorough {
    abstract List<WebhookEvent> spoiled(List<WebhookEvent> sound);

    @Override
    public ConnectorFactory factory() {
      return BrokenContract.factory(
          super.factory(),
          (sound, context) ->
              new WrappedConnector(sound) {
                @Override
                public List<WebhookEvent> parseEvents(WebhookRequest request) {
                  return spoiled(super.parseEvents(request));
                }
              });
    }
  }

  static class Hasty extends Broken {
    @Override
    List<WebhookEvent> spoiled(List<WebhookEvent> sound) {
      return sound.subList(0, 1);
    }
  }

  static class Blurring extends Broken {
    @Override
    List<WebhookEvent> spoiled(List<WebhookEvent> sound) {
      return sound.stream().map(Blurring::changed).toList();
    }

    private static WebhookEvent changed(WebhookEvent event) {
      return event.notice() instanceof Notice.Deleted deleted
          ? WebhookEvent.changed(deleted.accountId(), deleted.resource())
          : event;
    }
  }

  static class Brittle extends Broken {
    @Override
    List<WebhookEvent> spoiled(List<WebhookEvent> sound) {
      sound.stream()
          .map(WebhookEvent::notice)
          .filter(Notice.Unreadable.class::isInstance)
          .findFirst()
          .ifPresent(
              notice -> {
                throw WebhookException.malformed(notice.toString());
              });
      return sound;
    }
  }

  static class Silent extends Thorough {
    @Override
    public List<EventSample> events() {
      return List.of(EventSample.of(super.events().getFirst().toString()));
    }
  }

  static class Single extends Thorough {
    @Override
    public List<EventSample> events() {
      return List.of(
          EventSample.of("[{\"person\":\"p1\",\"day\":\"2026-01-14\",\"what\":\"changed\"}]")
              .tells("p1", Resource.one("steps", "2026-01-14")));
    }
  }
}
