package io.cloudconnector.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class WebhookIntakeTest {
  private static final String PRIVATE = "heart rate 142";
  private static final WebhookEvent EVENT =
      WebhookEvent.changed("account-7", Resource.one("sleep", "s-1"))
          .vendorType("sleep.updated")
          .traceId("t-1");

  /** What happened, in its order. */
  private final List<String> steps = new ArrayList<>();

  private final ScriptedConnector connector = new ScriptedConnector();
  private final RecordingStore store = new RecordingStore();
  private final WebhookIntake intake = new WebhookIntake(new VendorType("acme"), connector, store);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(WebhookIntake.class);

  @BeforeEach
  void listen() {
    logger.setLevel(Level.DEBUG);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT"})
  void asksForAHandshakeFirstWhateverTheMethod(String method) {
    connector.handshake = () -> Optional.of(WebhookReply.text(200, "challenge"));
    assertThat(intake.receive(TestRequest.of(method)).text()).isEqualTo("challenge");
    assertThat(steps).containsExactly("handshake");
  }

  @Test
  void asksTheVendorToSendAgainWhenTheHandshakeBreaks() {
    connector.handshake =
        () -> {
          throw new IllegalStateException(PRIVATE);
        };
    assertThat(status(post())).isEqualTo(503);
    assertThat(steps).isEmpty();
    assertLogged(Level.ERROR);
  }

  @Test
  void knowsNothingToShow() {
    assertThat(status(TestRequest.of("GET"))).isEqualTo(404);
    assertThat(status(TestRequest.of("HEAD"))).isEqualTo(404);
    assertThat(steps).containsExactly("handshake", "handshake");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH"})
  void takesOnlyPost(String method) {
    assertThat(status(TestRequest.of(method))).isEqualTo(405);
    assertThat(steps).containsExactly("handshake");
  }

  @Test
  void refusesWhatIsNotProven() {
    connector.verdict = () -> false;
    assertThat(status(post())).isEqualTo(401);
    assertThat(steps).containsExactly("handshake", "verify");
    assertLogged(Level.ERROR);
  }

  @Test
  void asksTheVendorToSendAgainWhatCannotBeJudged() {
    connector.verdict =
        () -> {
          throw WebhookException.unavailable("the key set cannot be fetched");
        };
    assertThat(status(post())).isEqualTo(503);
    assertLogged(Level.ERROR);
    connector.verdict =
        () -> {
          throw new IllegalStateException(PRIVATE);
        };
    assertThat(status(post())).isEqualTo(503);
    assertLogged(Level.ERROR);
    connector.verdict =
        () -> {
          throw new NoClassDefFoundError(PRIVATE);
        };
    assertThat(status(post())).isEqualTo(503);
    assertThat(store.accepted).isEmpty();
  }

  @Test
  void answersAConnectorsRefusalWithItsStatus() {
    connector.verdict =
        () -> {
          throw WebhookException.refused("unknown key id");
        };
    assertThat(status(post())).isEqualTo(401);
    connector.verdict = () -> true;
    connector.events =
        () -> {
          throw new WebhookException(422, "no such product");
        };
    assertThat(status(post())).isEqualTo(422);
    assertThat(store.quarantined).isEmpty();
  }

  @Test
  void keepsAMalformedRequestBeforeItSaysSo() {
    connector.events =
        () -> {
          throw WebhookException.malformed("no user_id");
        };
    assertThat(status(post())).isEqualTo(400);
    assertThat(store.quarantined).containsExactly("no user_id");
    assertThat(steps).containsExactly("handshake", "verify", "parse", "quarantine");
    assertLogged(Level.WARN);
  }

  @Test
  void keepsARequestThatIsNotTheExpectedJson() {
    connector.events =
        () -> {
          Json.parse("{}".getBytes(UTF_8)).at("/user_id");
          return List.of();
        };
    assertThat(status(post())).isEqualTo(400);
    assertThat(store.quarantined).containsExactly("JSON without '/user_id'");
    assertLogged(Level.WARN);
  }

  @Test
  void keepsWhatTheConnectorChokesOnWithoutQuotingIt() {
    connector.events =
        () -> {
          throw new NumberFormatException(PRIVATE);
        };
    assertThat(status(post())).isEqualTo(400);
    assertThat(store.quarantined)
        .singleElement()
        .asString()
        .startsWith("java.lang.NumberFormatException at io.cloudconnector.core.WebhookIntakeTest");
  }

  @Test
  void keepsWhatBreaksTheConnectorItself() {
    connector.events = () -> overflow(0);
    assertThat(status(post())).isEqualTo(400);
    connector.events =
        () -> {
          List<WebhookEvent> events = new ArrayList<>();
          events.add(null);
          return events;
        };
    assertThat(status(post())).isEqualTo(400);
    connector.events =
        () -> {
          throw new VendorApiException("a connector must not call the vendor here", 0);
        };
    assertThat(status(post())).isEqualTo(400);
    assertThat(store.quarantined).hasSize(3).contains("a connector must not call the vendor here");
  }

  @Test
  void tellsNoSecretThatAConnectorPutsIntoItsWords() {
    String token = "eyJhbGciOiJSUzI1NiJ9abc123";
    connector.events =
        () -> {
          throw WebhookException.malformed("no user in {\"key\":\"" + token + "\"}");
        };
    assertThat(status(post())).isEqualTo(400);
    connector.events =
        () -> {
          throw new AssertionError("unexpected: " + token);
        };
    assertThat(status(post())).isEqualTo(400);
    assertThat(store.quarantined).hasSize(2).noneMatch(why -> why.toString().contains(token));
    assertThat(store.quarantined.getFirst()).asString().isEqualTo("no user in {\"key\":\"***\"}");
  }

  @Test
  void asksTheVendorToSendAgainWhatCannotEvenBeQuarantined() {
    connector.events =
        () -> {
          throw WebhookException.malformed("no user_id");
        };
    store.fault = WebhookException.unavailable("the disk is full");
    assertThat(status(post())).isEqualTo(503);
  }

  @Test
  void acknowledgesNothingThatIsNotStored() {
    store.fault = WebhookException.unavailable("the disk is full");
    assertThat(status(post())).isEqualTo(503);
    assertLogged(Level.WARN);
    store.fault = new IllegalStateException(PRIVATE);
    assertThat(status(post())).isEqualTo(503);
    assertLogged(Level.ERROR);
    assertThat(steps).doesNotContain("acknowledge");
  }

  @Test
  void acknowledgesOnlyAfterStoring() {
    connector.acknowledgement = () -> WebhookReply.json(201, "{}");
    assertThat(status(post())).isEqualTo(201);
    assertThat(steps).containsExactly("handshake", "verify", "parse", "accept", "acknowledge");
    assertThat(store.accepted).containsExactly(List.of(EVENT));
    assertLogged(Level.DEBUG, Level.INFO);
  }

  @Test
  void acknowledgesARequestThatTellsNothing() {
    connector.events = List::of;
    assertThat(status(post())).isEqualTo(200);
    assertThat(steps).containsExactly("handshake", "verify", "parse", "acknowledge");
  }

  @Test
  void passesUnreadableItemsOnWithTheOthers() {
    List<WebhookEvent> batch = List.of(EVENT, WebhookEvent.unreadable("/1", "no id"), EVENT);
    connector.events = () -> batch;
    assertThat(status(post())).isEqualTo(200);
    assertThat(store.accepted).containsExactly(batch);
    assertLogged(Level.WARN);
  }

  @Test
  void doesNotMakeTheVendorRepeatWhatIsStored() {
    connector.acknowledgement =
        () -> {
          throw new IllegalStateException(PRIVATE);
        };
    assertThat(status(post())).isEqualTo(200);
    assertThat(store.accepted).hasSize(1);
    assertLogged(Level.ERROR);
  }

  @Test
  void neverTellsAVendorThatItsAddressIsGone() {
    connector.acknowledgement = () -> WebhookReply.status(410);
    assertThat(status(post())).isEqualTo(200);
    assertThat(store.accepted).hasSize(1);
    assertLogged(Level.ERROR);

    connector.events =
        () -> {
          throw new WebhookException(410, "no longer wanted");
        };
    assertThat(status(post())).isEqualTo(503);
    connector.handshake = () -> Optional.of(WebhookReply.json(410, "{}"));
    assertThat(status(TestRequest.of("GET"))).isEqualTo(503);
    assertThat(intake.receive(post()).text()).isEmpty();
    connector.handshake =
        () -> {
          throw new WebhookException(410, "no longer wanted");
        };
    assertThat(status(TestRequest.of("GET"))).isEqualTo(503);
  }

  @Test
  void namesVendorTypeAndTraceInItsLog() {
    assertThat(status(post())).isEqualTo(200);
    assertThat(lines.list)
        .anySatisfy(
            line ->
                assertThat(line.getKeyValuePairs())
                    .extracting(pair -> pair.key + "=" + pair.value)
                    .contains("vendor=acme", "event_type=sleep.updated", "trace_id=t-1"));
  }

  private int status(WebhookRequest request) {
    int status = intake.receive(request).status();
    assertThat(lines.list)
        .allSatisfy(
            line -> {
              assertThat(line.getFormattedMessage() + line.getKeyValuePairs())
                  .doesNotContain(PRIVATE, "account-7");
              assertThat(line.getThrowableProxy()).isNull();
            });
    return status;
  }

  private void assertLogged(Level... levels) {
    assertThat(lines.list).extracting(ILoggingEvent::getLevel).contains(levels);
    lines.list.clear();
  }

  private static TestRequest post() {
    return TestRequest.post("{\"note\":\"" + PRIVATE + "\"}");
  }

  private static List<WebhookEvent> overflow(int depth) {
    return depth < 0 ? List.of() : overflow(depth + 1);
  }

  private final class ScriptedConnector implements CloudConnector {
    Supplier<Optional<WebhookReply>> handshake = Optional::empty;
    Supplier<Boolean> verdict = () -> true;
    Supplier<List<WebhookEvent>> events = () -> List.of(EVENT);
    Supplier<WebhookReply> acknowledgement = () -> WebhookReply.status(200);

    @Override
    public Linking linking() {
      throw new AssertionError("webhooks need no linking");
    }

    @Override
    public FetchResult fetchData(Connection connection, Resource resource) {
      throw new AssertionError("nothing is fetched while a webhook is taken in");
    }

    @Override
    public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
      Optional<WebhookReply> reply = handshake.get();
      steps.add("handshake");
      return reply;
    }

    @Override
    public boolean verifyWebhook(WebhookRequest request) {
      steps.add("verify");
      return verdict.get();
    }

    @Override
    public List<WebhookEvent> parseEvents(WebhookRequest request) {
      steps.add("parse");
      return events.get();
    }

    @Override
    public WebhookReply acknowledgement(WebhookRequest request) {
      steps.add("acknowledge");
      return acknowledgement.get();
    }
  }

  private final class RecordingStore implements WebhookStore {
    final List<List<WebhookEvent>> accepted = new ArrayList<>();
    final List<String> quarantined = new ArrayList<>();
    @Nullable RuntimeException fault;

    @Override
    public void accept(WebhookRequest request, List<WebhookEvent> events) {
      failWhereTold();
      accepted.add(events);
      steps.add("accept");
    }

    @Override
    public void quarantine(WebhookRequest request, String why) {
      failWhereTold();
      quarantined.add(why);
      steps.add("quarantine");
    }

    private void failWhereTold() {
      if (fault != null) {
        throw fault;
      }
    }
  }
}
