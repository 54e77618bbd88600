package io.cloudconnector.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.observe.LogOutput;
import io.cloudconnector.host.plugin.PluginJar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
  private static final String GOOD =
      """
      server: { publicUrl: "https://connect.example.com" }
      security: { apiKeys: [ "an-api-key-0123456789" ], encryptionKeys: [ "a-key" ] }
      """;

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> called = new ArrayList<>();
  private final List<LogOutput> logging = new ArrayList<>();
  private RuntimeException failure = new IllegalStateException("unused");

  private int run(String... arguments) {
    return Cli.run(arguments, new Recording(), console(Map.of()));
  }

  private Console console(Map<String, String> environment) {
    return new Console(
        new PrintWriter(out, true), new PrintWriter(err, true), environment, home, logging::add);
  }

  /** Notes what it is asked to do, and fails where a test says so. */
  private final class Recording implements Commands {
    @Override
    public int serve(Path config, Console console) {
      called.add("serve " + config);
      return 0;
    }

    @Override
    public int demo(OptionalInt port, OptionalLong events, Console console) {
      called.add("demo " + port + " " + events);
      return 1;
    }

    @Override
    public int migrate(Path config, Console console) {
      throw failure;
    }

    @Override
    public int backup(Path config, Path file, Console console) {
      called.add("backup " + config + " " + file);
      return 0;
    }

    @Override
    public String generateKey() {
      return "a new key";
    }
  }

  @ParameterizedTest
  @CsvSource({
    "serv, Did you mean: serve",
    "plugin, Did you mean: plugins",
    "start, Unmatched argument",
    "--verison, Unknown option: '--verison'"
  })
  void anUnknownWordIsAnsweredWithWhatThereIs(String word, String answer) {
    assertThat(run(word)).isEqualTo(2);

    assertThat(err.toString()).contains(answer).contains("serve", "demo", "migrate");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plugins", "keys", "dead-letters", "quarantine"})
  void aMissingCommandIsAnsweredWithTheUsage(String words) {
    assertThat(run(words.isEmpty() ? new String[0] : words.split(" ", -1))).isEqualTo(2);

    assertThat(err.toString()).contains("Missing required subcommand", "Usage: connector-host");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "demo --port 70000 | '70000' is not a port from 0 to 65535",
        "demo --port x | 'x' is not a port from 0 to 65535",
        "demo --events 0 | '0' is not a whole number above 0",
        "demo --events | Missing required parameter",
        "serve --config | Missing required parameter",
        "serve --confg x | Unknown option",
        "serve now | Unmatched argument",
        "plugins verify | Missing required parameter: 'DIR'",
        "keys generate 2 | Unmatched argument",
        "backup | Missing required parameter: 'FILE'",
        "dead-letters show | Missing required parameter: 'ID'",
        "dead-letters discard 7 | Missing required option: '--reason",
        "dead-letters list --limit x | 'x' is not an int",
        "quarantine list --resource-type run | Unknown option"
      })
  void wrongOptionsAreToldWithoutDoingAnything(String words, String answer) {
    assertThat(run(words.split(" ", -1))).isEqualTo(2);

    assertThat(err.toString())
        .contains(answer)
        .contains("See: connector-host " + words.split(" ", -1)[0])
        .contains("--help");
    assertThat(called).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "serve --help",
        "demo -h",
        "plugins --help",
        "plugins verify --help",
        "keys generate --help",
        "backup --help",
        "dead-letters replay --help",
        "quarantine --help"
      })
  void helpIsNoFailure(String words) {
    assertThat(run(words.split(" ", -1))).isZero();

    assertThat(out.toString()).startsWith("Usage: connector-host");
    assertThat(called).isEmpty();
  }

  @Test
  void tellsTheVersion() {
    assertThat(run("--version")).isZero();

    assertThat(out.toString())
        .matches("connector-host \\d+\\.\\d+\\.\\S+ \\(connector API 0\\.1\\)\n");
  }

  @Test
  void servesTheDistributionsConfigurationByDefault() {
    assertThat(run("serve")).isZero();

    assertThat(called).containsExactly("serve " + home.resolve("conf/connector-host.yaml"));
    assertThat(logging).containsExactly(LogOutput.ofService(Map.of()));
  }

  @Test
  void servesTheConfigurationThatIsNamed() {
    assertThat(run("serve", "--config", "/etc/x.yaml")).isZero();

    assertThat(called).containsExactly("serve /etc/x.yaml");
  }

  @Test
  void aWrongLogFormatStopsTheStart() {
    int status =
        Cli.run(
            new String[] {"serve"}, new Recording(), console(Map.of("CONNECTOR_LOG_FORMAT", "x")));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("CONNECTOR_LOG_FORMAT is none of json, text; set it to one of them\n");
    assertThat(called).isEmpty();
  }

  @Test
  void passesTheStatusOfTheDemoOn() {
    assertThat(run("demo", "--port", "0", "--events", "20")).isEqualTo(1);

    assertThat(called).containsExactly("demo OptionalInt[0] OptionalLong[20]");
    assertThat(logging).containsExactly(LogOutput.ofCommand(Map.of()));
  }

  @Test
  void theDemoNeedsNoOptions() {
    run("demo");

    assertThat(called).containsExactly("demo OptionalInt.empty OptionalLong.empty");
  }

  @Test
  void whatTheOperatorCanPutRightIsToldAlone() {
    failure = new StartupException("The database is not there.");

    assertThat(run("migrate")).isEqualTo(1);

    assertThat(err.toString()).isEqualTo("The database is not there.\n");
    assertThat(logging).containsExactly(LogOutput.ofCommand(Map.of()));
  }

  @Test
  void aConfigurationFaultHasAStatusOfItsOwn() {
    failure = StartupException.configuration("There is no key.");

    assertThat(run("migrate")).isEqualTo(2);
  }

  @Test
  void aFailureOfOursComesWithItsStackTrace() {
    failure = new IllegalStateException("a bug");

    assertThat(run("migrate")).isEqualTo(1);

    assertThat(err.toString()).contains("IllegalStateException: a bug", "at io.cloudconnector");
  }

  @Test
  void printsAKeyOnALine() {
    assertThat(run("keys", "generate")).isZero();

    assertThat(out.toString()).isEqualTo("a new key\n");
  }

  @Test
  void verifyingAFolderWithARefusedPluginFails() throws IOException {
    Files.writeString(home.resolve("bad.jar"), "bad");

    assertThat(run("plugins", "verify", home.toString())).isEqualTo(1);

    assertThat(out.toString()).contains("bad.jar", "REFUSED", "is no readable jar");
  }

  @Test
  void verifyingAFolderThatIsNotThereFails() {
    assertThat(run("plugins", "verify", home.resolve("no").toString())).isEqualTo(1);

    assertThat(out.toString()).contains("there is no such folder");
  }

  @Test
  void verifyingAFolderWithoutPluginsFails() {
    assertThat(run("plugins", "verify", home.toString())).isEqualTo(1);

    assertThat(out.toString()).isEqualTo("No plugin in " + home + "\n");
  }

  @Test
  void verifyingAJarSaysThatAFolderIsMeant() throws IOException {
    Path jar = Files.writeString(home.resolve("some.jar"), "some");

    assertThat(run("plugins", "verify", jar.toString())).isEqualTo(2);

    assertThat(err.toString()).startsWith(jar + " is a file; put it alone into a folder");
  }

  @Test
  void aFolderInPlaceOfTheConfigurationIsToldSo() {
    assertThat(run("plugins", "list", "--config", home.toString())).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            "%1$s is a folder; name the file in it, such as %1$s/connector-host.yaml\n"
                .formatted(home));
  }

  @Test
  void backsUpIntoAFileBesideTheCaller() {
    assertThat(run("backup", "copy.db", "--config", "/etc/x.yaml")).isZero();

    assertThat(called).containsExactly("backup /etc/x.yaml " + Path.of("copy.db").toAbsolutePath());
  }

  @Test
  void listingWithoutConfigurationSaysHowToMakeOne() {
    assertThat(run("plugins", "list")).isEqualTo(2);

    assertThat(err.toString())
        .contains("no configuration file " + home.resolve("conf/connector-host.yaml"))
        .contains("--config FILE", "publicUrl:");
  }

  @Test
  void listsTheConfiguredFolder() throws IOException {
    Files.createDirectories(home.resolve("plugins"));
    Files.writeString(home.resolve("plugins/bad.jar"), "bad");
    Path config = Files.writeString(home.resolve("x.yaml"), GOOD + "connectors: { acme: { } }");

    assertThat(run("plugins", "list", "--config", config.toString())).isZero();

    assertThat(out.toString()).contains("bad.jar", "REFUSED");
    assertThat(err.toString()).startsWith("Warning: connectors.acme is configured, but no plugin");
  }

  @Test
  void namesPluginsThatAreNotConfigured() throws IOException {
    Files.createDirectories(home.resolve("plugins"));
    PluginJar.forVendor("acme").write(home.resolve("plugins/acme.jar"));
    PluginJar.forVendor("beta").write(home.resolve("plugins/beta.jar"));
    Path config =
        Files.writeString(
            home.resolve("x.yaml"),
            GOOD + "connectors: { acme: { clientId: c, clientSecret: s } }");

    assertThat(run("plugins", "list", "--config", config.toString())).isZero();

    assertThat(out.toString())
        .contains("acme.jar", "beta.jar")
        .endsWith(
            "beta cloud is not configured and will not be started: there is no connectors.beta\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void listsWhatMayBeSetAndNothingThatIs() throws IOException {
    Files.createDirectories(home.resolve("plugins"));
    PluginJar.forVendor(
            "acme",
            """
            .resource("run")
            .setting(Setting.secret("pin", "Opens\\u001b[31m doors.").defaultValue("1234").required())
            .setting(Setting.of("pages", Setting.Kind.INTEGER, "At once.").defaultValue("25"))
            .linkOption(Setting.text("region", "Where it is.").choices("eu", "us"))
            """)
        .write(home.resolve("plugins/acme.jar"));
    Path config =
        Files.writeString(
            home.resolve("x.yaml"),
            GOOD
                + """
                connectors:
                  acme: { clientId: c, clientSecret: s, settings: { pin: my-own, pages: 77 } }
                """);

    assertThat(run("plugins", "list", "--config", config.toString())).isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString().lines().skip(2))
        .containsExactly(
            "",
            "VENDOR  GIVEN        NAME    TYPE          REQUIRED  DEFAULT  MEANING",
            "acme    in settings  pin     secret text   yes       ***      Opens\uFFFD[31m doors.",
            "acme    in settings  pages   integer       no        25       At once.",
            "acme    with a link  region  text: eu, us  no        -        Where it is.");
  }

  @Test
  void listsTheFolderAlthoughTheRestOfTheConfigurationIsFaulty() throws IOException {
    Path config = Files.writeString(home.resolve("x.yaml"), "plugins: { directory: mine }");

    assertThat(run("plugins", "list", "--config", config.toString())).isEqualTo(2);

    assertThat(out.toString()).contains(home.resolve("mine").toString());
    assertThat(err.toString()).contains("3 faults", "server.publicUrl: is required");
  }
}
