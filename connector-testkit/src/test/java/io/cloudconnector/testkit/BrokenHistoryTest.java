package io.cloudconnector.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.HistoryQuery;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contract finds faults in how history is given. */
class BrokenHistoryTest {
  @Test
  void theContractFindsHistoryThatIsNotShown() {
    assertThat(BrokenContract.failures(Unshown.class)).contains("showsHistoryOfEveryTypeThatHasIt");
  }

  @Test
  void theContractFindsHistoryThatIsRewritten() {
    assertThat(BrokenContract.failures(Rewriting.class))
        .contains("givesEveryPageOfHistoryWithTheVendorsBytesUntouched");
  }

  @Test
  void theContractFindsHistoryThatEndsEarly() {
    assertThat(BrokenContract.failures(Hasty.class))
        .contains("givesEveryPageOfHistoryWithTheVendorsBytesUntouched");
  }

  @Test
  void theContractFindsHistoryUnderIdsOfItsOwn() {
    assertThat(BrokenContract.failures(Renaming.class))
        .contains("showsADocumentInHistoryUnderTheIdOfItsFetchAndItsNotice")
        .doesNotContain("givesEveryPageOfHistoryWithTheVendorsBytesUntouched");
  }

  @Test
  void theContractFindsHistoryThatIsNotWhatAFetchGives() {
    assertThat(BrokenContract.failures(Differing.class))
        .contains("givesTheSameDocumentInHistoryAsInAFetch");
  }

  @Test
  void theContractFindsHistoryOfAnotherType() {
    assertThat(BrokenContract.failures(Mixing.class))
        .contains("givesHistoryOfNoOtherTypeThanWasAskedFor");
  }

  @Test
  void theContractFindsHistoryOfTypesThatHaveNone() {
    assertThat(BrokenContract.failures(Inventing.class))
        .contains("refusesHistoryOfATypeThatHasNone");
  }

  @Test
  void theContractFindsCursorsThatAreNotHandedOn() {
    assertThat(BrokenContract.failures(Rewinding.class))
        .contains("asksForEachPageOfHistoryWithItsCursor");
  }

  @Test
  void theContractFindsPagingThatIsKeptInMemory() {
    assertThat(BrokenContract.failures(Forgetful.class))
        .containsExactly("goesOnWithHistoryAtAHostThatKnowsOnlyTheCursor");
  }

  @Test
  void theContractFindsPagingThatNeverEnds() {
    assertThat(BrokenContract.failures(Circling.class))
        .contains("doesNotGoRoundWhenTheVendorRepeatsACursor");
  }

  @Test
  void theContractFindsFailuresThatAreTakenForTheEnd() {
    assertThat(BrokenContract.failures(Swallowing.class))
        .contains(
            "doesNotRenewAfterA403InHistory",
            "takesNo404OfAListForItsEnd",
            "obeysRetryAfterOfA429InHistory",
            "tells4xxAnd5xxInHistory",
            "takesNoPageOfAProxyForHistory",
            "takesNoHalfPageOfHistory");
  }

  @Test
  void theContractFindsHistoryWithoutRenewal() {
    assertThat(BrokenContract.failures(Careless.class))
        .contains("renewsOnceAfterA401InHistoryAndGoesOn");
  }

  @Test
  void theContractFindsHistoryThatKnowsNoSpan() {
    assertThat(BrokenContract.failures(Boundless.class))
        .containsExactlyInAnyOrder(
            "givesNoHistoryFromBeforeTheSpan", "givesNoHistoryFromAfterTheSpan");
  }

  @Test
  void theContractFindsHistoryThatGoesOnBehindTheSpan() {
    Map<String, String> words = BrokenContract.words(OpenEnded.class);

    assertThat(words).containsOnlyKeys("givesNoHistoryFromAfterTheSpan");
    assertThat(words.get("givesNoHistoryFromAfterTheSpan"))
        .contains("hand query.to() to the vendor", "HistorySample.whateverTheSpan()");
  }

  @Test
  void theContractTakesTheAuthorsWordThatDocumentsTellNoTime() {
    assertThat(BrokenContract.failures(Timeless.class)).isEmpty();
  }

  @Test
  void theContractAsksWhatTheVendorSaysWhereThereIsNothing() {
    Map<String, String> words = BrokenContract.words(Abundant.class);

    assertThat(words).containsOnlyKeys("showsASpanInWhichThereIsNothing");
    assertThat(words.get("showsASpanInWhichThereIsNothing"))
        .contains("HistorySample.of(…).page(Exchange…) without records");
  }

  @Test
  void theContractFindsA404ThatIsTakenForTheEnd() {
    Map<String, String> words = BrokenContract.words(Ending.class);

    assertThat(words).containsOnlyKeys("takesNo404OfAListForItsEnd");
    assertThat(words.get("takesNo404OfAListForItsEnd")).contains("VendorApiException");
  }

  @Test
  void theContractFindsA404ThatIsTakenForAFaultWhereThereIsNothing() {
    assertThat(BrokenContract.failures(Startled.class))
        .contains("givesEveryPageOfHistoryWithTheVendorsBytesUntouched");
  }

  @Test
  void theContractTakesTheAuthorsWordThat404MeansNothing() {
    assertThat(BrokenContract.failures(Calm.class)).isEmpty();
  }

  /** This part of the contract alone, to be quick. */
  abstract static class Thorough
      implements ThoroughUnderTest, HistoryCases, HistorySpanCases, HistoryRefusalCases {}

  /** Thorough with a fault. Not found by itself: its name does not end in Test. */
  abstract static class Broken extends Thorough {
    abstract HistoryPage page(
        History sound, ConnectorContext context, Connection connection, HistoryQuery query);

    @Override
    public ConnectorFactory factory() {
      return BrokenContract.factory(
          super.factory(),
          (sound, context) ->
              new WrappedConnector(sound) {
                @Override
                public Optional<History> history() {
                  History whole = super.history().orElseThrow();
                  return Optional.of((who, query) -> page(whole, context, who, query));
                }
              });
    }
  }

  static class Unshown extends Thorough {
    @Override
    public List<HistorySample> histories() {
      return List.of();
    }
  }

  private static HistoryPage each(HistoryPage page, UnaryOperator<VendorData> change) {
    List<VendorData> records = page.records().stream().map(change).toList();
    return page.cursor()
        .map(cursor -> HistoryPage.more(records, cursor))
        .orElseGet(() -> HistoryPage.last(records));
  }

  static class Rewriting extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      return each(
          sound.page(who, query),
          record -> VendorData.json(record.resource(), "{\"steps\":8000.1}".getBytes(UTF_8)));
    }
  }

  static class Hasty extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      return HistoryPage.last(sound.page(who, query).records());
    }
  }

  /** The connector's author is as wrong as the connector. */
  static class Renaming extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      return each(sound.page(who, query), Renaming::renamed);
    }

    private static VendorData renamed(VendorData record) {
      String id = "row-" + record.resource().id().orElseThrow();
      return VendorData.json(Resource.one("steps", id), record.bytes());
    }

    @Override
    public List<HistorySample> histories() {
      HistorySample shown = super.histories().getFirst();
      HistorySample renamed = HistorySample.of("steps", shown.query().from(), shown.query().to());
      for (HistorySample.Page page : shown.pages()) {
        renamed =
            renamed.page(
                page.exchanges(),
                page.records().stream().map(Renaming::renamed).toArray(VendorData[]::new));
      }
      return List.of(renamed);
    }
  }

  static class Differing extends Thorough {
    @Override
    public ConnectorFactory factory() {
      return BrokenContract.factory(
          super.factory(),
          (sound, context) ->
              new WrappedConnector(sound) {
                @Override
                public FetchResult fetchData(Connection connection, Resource resource) {
                  super.fetchData(connection, resource);
                  return FetchResult.found(VendorData.json(resource, new byte[] {'1'}));
                }
              });
    }
  }

  static class Mixing extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      return each(
          sound.page(who, query), record -> VendorData.json(Resource.all("badge"), record.bytes()));
    }
  }

  static class Inventing extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      return query.resourceType().equals("steps")
          ? sound.page(who, query)
          : HistoryPage.last(List.of());
    }
  }

  static class Rewinding extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      return sound.page(who, FakeHistoryQuery.of(query.resourceType(), query.from(), query.to()));
    }
  }

  static class Forgetful extends Thorough {
    @Override
    public ConnectorFactory factory() {
      return BrokenContract.factory(super.factory(), Forgetful::spoiled);
    }

    private static CloudConnector spoiled(CloudConnector sound, ConnectorContext context) {
      List<String> cursors = new ArrayList<>();
      return new WrappedConnector(sound) {
        @Override
        public Optional<History> history() {
          return Optional.of(
              (who, query) -> {
                FakeHistoryQuery first =
                    FakeHistoryQuery.of(query.resourceType(), query.from(), query.to());
                boolean goesOn = query.cursor().isPresent() && !cursors.isEmpty();
                HistoryPage page =
                    super.history()
                        .orElseThrow()
                        .page(who, goesOn ? first.after(cursors.getLast()) : first);
                page.cursor().ifPresent(cursors::add);
                return page.cursor().isPresent()
                    ? HistoryPage.more(page.records(), "wherever I am")
                    : page;
              });
        }
      };
    }
  }

  static class Circling extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      List<VendorData> records = new ArrayList<>();
      HistoryPage page = sound.page(who, query);
      records.addAll(page.records());
      while (page.cursor().isPresent() && query.cursor().isPresent()) {
        page = sound.page(who, query);
        records.addAll(page.records());
      }
      return page.cursor()
          .map(cursor -> HistoryPage.more(records, cursor))
          .orElseGet(() -> HistoryPage.last(records));
    }
  }

  static class Swallowing extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      try {
        return sound.page(who, query);
      } catch (ConnectorException e) {
        return HistoryPage.last(List.of());
      }
    }
  }

  static class Careless extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      URI list = URI.create(context.config().endpoint("base").orElseThrow() + "/v1/steps");
      HttpReply reply = who.http().send(HttpCall.get(list));
      if (reply.status() == 401) {
        throw new VendorApiException("refused", 401);
      }
      return sound.page(who, query);
    }
  }

  /** Asks for all there ever was. */
  static class Boundless extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      return sound.page(who, during(query, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")));
    }
  }

  /** Asks for all since the beginning of the span. */
  static class OpenEnded extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      return sound.page(who, during(query, query.from(), Instant.parse("2100-01-01T00:00:00Z")));
    }
  }

  private static HistoryQuery during(HistoryQuery query, Instant from, Instant to) {
    FakeHistoryQuery first = FakeHistoryQuery.of(query.resourceType(), from, to);
    return query.cursor().map(first::after).orElse(first);
  }

  /** Boundless, and right to be so. */
  static class Timeless extends Boundless {
    @Override
    public List<HistorySample> histories() {
      return super.histories().stream().map(HistorySample::whateverTheSpan).toList();
    }
  }

  static class Abundant extends Thorough {
    @Override
    public List<HistorySample> histories() {
      return List.of(super.histories().getFirst());
    }
  }

  static class Ending extends Broken {
    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      try {
        return sound.page(who, query);
      } catch (VendorApiException e) {
        if (e.statusCode() == 404) {
          return HistoryPage.last(List.of());
        }
        throw e;
      }
    }
  }

  /** The vendor says 404 where there is nothing, and the connector does not know. */
  static class Startled extends Thorough {
    @Override
    public List<HistorySample> histories() {
      return nothingBy404(super.histories());
    }
  }

  /** The vendor says 404 where there is nothing, and the connector knows. */
  static class Calm extends Ending {
    @Override
    public List<HistorySample> histories() {
      return nothingBy404(super.histories());
    }

    @Override
    HistoryPage page(History sound, ConnectorContext context, Connection who, HistoryQuery query) {
      return query.cursor().isPresent()
          ? sound.page(who, query)
          : super.page(sound, context, who, query);
    }
  }

  private static List<HistorySample> nothingBy404(List<HistorySample> samples) {
    FakeHistoryQuery empty = samples.getLast().query();
    Exchange none = new Exchange("base", "GET", "/v1/steps", StubReply.status(404));
    return List.of(
        samples.getFirst(), HistorySample.of("steps", empty.from(), empty.to()).page(none));
  }
}
