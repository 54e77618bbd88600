package io.cloudconnector.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.api.ConnectorFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins whose jars are in order and whose code is not. */
class PluginFaultsTest extends LoadingTestBase {
  private static final String SERVICE_ADVICE =
      "in META-INF/services/io.cloudconnector.api.ConnectorFactory name a class of the plugin that"
          + " implements ConnectorFactory";
  private static final String AUTHOR = "this is for the author of the plugin to mend";

  private static final String STOP =
      """
      package acme;
      class Stop {
        static void here() throws InterruptedException {
          new java.util.concurrent.CountDownLatch(1).await();
        }
      }
      """;

  /** Loses patience as soon as a plugin waits, so that the test need not. */
  private static final Patience UNTIL_IT_WAITS =
      thread -> {
        await().until(() -> !thread.isAlive() || waits(thread));
        return !thread.isAlive();
      };

  private static boolean waits(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(CountDownLatch.class.getName()));
  }

  @Test
  void rejectsAServiceFileThatNamesNothing() throws IOException {
    write(PluginJar.empty().announcing("# nobody"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).endsWith("names no class");
    assertThat(refused.advice()).isEqualTo("name the class of the connector's factory in it");
  }

  @ParameterizedTest
  @CsvSource({"acme.Nobody, Provider acme.Nobody not found", "no class, Illegal"})
  void rejectsAServiceFileThatNamesAMissingClass(String named, String reason) throws IOException {
    write(PluginJar.empty().announcing(named));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).startsWith("its factory cannot be found: ").contains(reason);
    assertThat(refused.advice()).isEqualTo(SERVICE_ADVICE);
  }

  @Test
  void rejectsAClassThatIsNoFactory() throws IOException {
    write(
        PluginJar.empty()
            .announcing("acme.Other")
            .source("acme.Other", "package acme; public class Other {}"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).contains("acme.Other not a subtype");
    assertThat(refused.advice()).isEqualTo(SERVICE_ADVICE);
  }

  @Test
  void rejectsAClassFileThatIsNone() throws IOException {
    write(PluginJar.empty().announcing("acme.Odd").text("acme/Odd.class", "not bytecode"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).contains("ClassFormatError");
    assertThat(refused.advice()).startsWith("the class file is damaged: copy the jar here again");
  }

  @Test
  void rejectsClassesOfANewerJava() throws IOException {
    write(acme().classFileVersion(99));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).contains("acme/AcmeFactory", "class file version 99.0");
    assertThat(refused.advice())
        .isEqualTo(
            "run the host on a newer Java than its %1$d, or use a build of the plugin for Java %1$d"
                .formatted(Runtime.version().feature()));
  }

  @Test
  void rejectsAFactoryWhoseSuperclassIsMissing() throws IOException {
    Path library =
        PluginJar.empty()
            .source("lib.Base", "package lib; public class Base {}")
            .write(plugins.resolve(".library.jar"));
    acme()
        .source(
            "acme.AcmeFactory",
            PluginJar.factory("", "null")
                .replace(
                    "implements ConnectorFactory", "extends lib.Base implements ConnectorFactory"))
        .write(plugins.resolve("acme.jar"), library);

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).contains("its factory cannot be found", "lib.Base");
    assertThat(refused.advice()).startsWith("none of its jars has that class: make a folder here");
  }

  @Test
  void rejectsALibraryThatIsMissing() throws IOException {
    Path library = library(plugins.resolve(".library.jar"), "from elsewhere");
    PluginJar.withDescriptor(PluginJar.descriptor("acme", "lib.Greeting.text()"))
        .write(plugins.resolve("acme.jar"), library);

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).contains("gives no descriptor", "lib/Greeting");
    assertThat(refused.advice()).contains("what the connector needs in lib/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private AcmeFactory() {}",
        "AcmeFactory() {}",
        "public AcmeFactory(String name) {}"
      })
  void rejectsAFactoryWithoutAPublicConstructor(String constructor) throws IOException {
    write(acme(constructor, "null"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason())
        .contains("acme.AcmeFactory Unable to get public no-arg constructor");
    assertThat(refused.advice()).contains("constructor without parameters must be public");
  }

  @Test
  void rejectsAFactoryThatIsNotPublic() throws IOException {
    write(
        acme()
            .source(
                "acme.AcmeFactory",
                PluginJar.factory("public AcmeFactory() {}", "null")
                    .replace("public class", "class")));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).contains("acme.AcmeFactory");
    assertThat(refused.advice()).contains("must be public");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new IllegalStateException(\"boom\\n  there\");",
        "throw new StackOverflowError(\"boom there\");",
        "throw new RuntimeException(new Exception(\"boom there\"));"
      })
  void rejectsAThrowingConstructor(String body) throws IOException {
    write(acme("public AcmeFactory() { " + body + " }", "null"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).contains("acme.AcmeFactory cannot be made", "boom there");
    assertThat(refused.advice()).isEqualTo(AUTHOR);
  }

  @Test
  void rejectsAConstructorWhoseExceptionCannotTellWhatItIs() throws IOException {
    write(
        acme()
            .source(
                "acme.Mute",
                """
                package acme;
                class Mute extends RuntimeException {
                  @Override public String getMessage() { throw new Error("not even that"); }
                }
                """)
            .source(
                "acme.AcmeFactory",
                PluginJar.factory("static Descriptor fail() { throw new Mute(); }", "fail()")));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).isEqualTo("acme.AcmeFactory gives no descriptor: acme.Mute");
    assertThat(refused.advice()).isEqualTo(AUTHOR);
  }

  @Test
  void rejectsAFailingClassInitializer() throws IOException {
    write(acme("static final int X = Integer.parseInt(\"boom\");", "null"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).contains("cannot be made", "ExceptionInInitializerError", "boom");
    assertThat(refused.advice()).isEqualTo(AUTHOR);
  }

  @Test
  void rejectsWhatWasCompiledAgainstSomethingElse() throws IOException {
    write(acme("static Descriptor fail() { throw new NoSuchMethodError(\"gone\"); }", "fail()"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).contains("NoSuchMethodError: gone");
    assertThat(refused.advice()).contains("build it anew with the versions that it runs with");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "null | descriptor() returned null",
        "Descriptor.builder((VendorType) null, \"Acme\").build() | names no vendor",
        "Descriptor.builder(\"acme\", null).build() | has no display name",
        "Descriptor.builder(\"Not A Name\", \"Acme\").build() | 'Not A Name' is no vendor name: use 1 to 32 of a-z and 0-9",
        "Descriptor.builder(\"acme\", \"Acme\").setting(Setting.text(\"a\", null)).build() | NullPointerException"
      })
  void rejectsAFactoryWithoutDescriptor(String descriptor, String reason) throws IOException {
    write(acme("", descriptor));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason())
        .startsWith("acme.AcmeFactory gives no descriptor")
        .contains(reason);
    assertThat(refused.advice()).isEqualTo(AUTHOR);
  }

  /** Times are reckoned with such spans for all connectors at once, and would fail for all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".resource(\"run\").limit(RateLimitConfig.of(5, java.time.temporal.ChronoUnit.FOREVER.getDuration()))",
        ".resource(\"run\").pollEvery(java.time.temporal.ChronoUnit.FOREVER.getDuration())",
        ".resource(ResourceType.of(\"run\").lookBack(java.time.Duration.ofDays(36_501)))",
        ".resource(ResourceType.of(\"run\").lag(java.time.Duration.ofDays(-1)))"
      })
  void rejectsSpansThatNoClockReaches(String members) throws IOException {
    write(acme("", PluginJar.descriptor("acme", "\"Acme\"", members)));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason())
        .startsWith("acme.AcmeFactory gives no descriptor")
        .contains("the descriptor has a span of ")
        .endsWith("use none below zero or above 36500 days");
    assertThat(refused.advice()).isEqualTo(AUTHOR);
  }

  @Test
  void rejectsAConnectorFromWhichNothingCanCome() throws IOException {
    write(
        acme(
            "",
            PluginJar.descriptor(
                "acme", "\"Acme\"", ".resource(ResourceType.of(\"run\").withoutHistory())")));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason())
        .startsWith("acme.AcmeFactory describes neither webhooks nor a resource type with history");
    assertThat(refused.advice()).isEqualTo(AUTHOR);
  }

  @Test
  void takesAConnectorThatIsOnlyAsked() throws IOException {
    write(acme("", PluginJar.descriptor("acme", "\"Acme\"", ".resource(\"run\")")));

    assertThat(load().plugin(ACME)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public AcmeFactory() throws Exception { Stop.here(); }",
        "static { try { Stop.here(); } catch (Exception e) { throw new RuntimeException(e); } }"
      })
  void givesUpAFactoryThatIsNeverMade(String members) throws IOException {
    write(acme(members, "null").source("acme.Stop", STOP));

    PluginFate.Refused refused = refusal(UNTIL_IT_WAITS);

    assertThat(refused.reason())
        .isEqualTo(
            "it does not come to an end when it is asked what it is, and stands at acme.Stop.here (line 4)");
    assertThat(refused.advice()).contains("constructor and descriptor() must not wait");
  }

  @Test
  void givesUpADescriptorThatNeverComes() throws IOException {
    write(
        acme(
                "static Descriptor never() { try { Stop.here(); } catch (Exception e) { } return null; }",
                "never()")
            .source("acme.Stop", STOP));

    assertThat(refusal(UNTIL_IT_WAITS).reason()).contains("stands at acme.Stop.here");
  }

  @Test
  void patienceEnds() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(
                new FutureTask<>(
                    () -> {
                      end.await();
                      return true;
                    }));

    assertThat(Patience.of(Duration.ofMillis(1)).outlasts(waiting)).isFalse();

    end.countDown();
    assertThat(Patience.of(Duration.ofMinutes(1)).outlasts(waiting)).isTrue();
  }

  @Test
  void aConnectorThatFailsStopsNoOtherOfItsJar() throws IOException {
    write(
        acme()
            .announcing("acme.Missing", "acme.Thrower", "acme.AcmeFactory")
            .source(
                "acme.Thrower", PluginJar.factory("", "null").replace("AcmeFactory", "Thrower")));

    PluginReport report = load();

    assertThat(report.descriptors()).containsOnlyKeys(ACME);
    assertThat(report.refused())
        .extracting(PluginFate.Refused::reason)
        .satisfiesExactly(
            missing -> assertThat(missing).contains("acme.Missing not found"),
            thrower -> assertThat(thrower).contains("acme.Thrower gives no descriptor"));
  }

  @Test
  void aSearchThatFailsForEverEnds() throws Exception {
    Iterator<ServiceLoader.Provider<ConnectorFactory>> failing =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            throw new NoClassDefFoundError("lib/Base");
          }

          @Override
          public ServiceLoader.Provider<ConnectorFactory> next() {
            throw new AssertionError("there is none");
          }
        };
    Candidate candidate = Candidate.of(write(acme())).orElseThrow();
    OpenedPlugin plugin =
        OpenedPlugin.open(candidate, new ApiVersion(0, 1), getClass().getClassLoader());
    try (PluginClassLoader _ = plugin.classLoader()) {
      AnnouncedConnectors connectors = AnnouncedConnectors.of(plugin, failing);

      assertThat(connectors.usable()).isEmpty();
      assertThat(connectors.refused())
          .hasSize(AnnouncedConnectors.MOST_REFUSED + 1)
          .last()
          .extracting(Refusal::reason)
          .isEqualTo("more of its connectors may fail: the search ended after 10");
      assertThat(connectors.refused().getFirst().reason()).contains("lib/Base");
    }
  }
}
