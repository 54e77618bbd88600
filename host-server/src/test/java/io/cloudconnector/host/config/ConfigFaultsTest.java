package io.cloudconnector.host.config;

import static io.cloudconnector.host.config.Configurations.ACME;
import static io.cloudconnector.host.config.Configurations.HOME;
import static io.cloudconnector.host.config.Configurations.MINIMAL;
import static io.cloudconnector.host.config.Configurations.acme;
import static io.cloudconnector.host.config.Configurations.problem;
import static io.cloudconnector.host.config.Configurations.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.WebhookTrust;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFaultsTest {
  private static final String CLIENT = "clientId: c, clientSecret: s";

  @Test
  void allFaultsComeAtOnceInTheOrderOfTheirLines() {
    String yaml =
        """
        connectors:
          acme:
            clientId: "${ACME_ID}"
            clientSecrt: hush
        server:
          publicUrl: "http://connect.example.com"
          prot: 8080
          port: abc
          host: a
          host: b
        colour: red
        """;

    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                SettingsLoader.parse(
                    yaml, Map.of(), HOME, plugins -> Map.of(ACME, acme().build())));

    assertThat(e.exitStatus()).isEqualTo(2);
    assertThat(e.getMessage())
        .isEqualTo(
            """
            10 faults in the configuration:
              (text):1: security.apiKeys: is required; write apiKeys: ["${CONNECTOR_API_KEY}"]
              (text):1: security.encryptionKeys: is required; write encryptionKeys: ["${CONNECTOR_ENCRYPTION_KEY}"], with a key made by: bin/connector-host keys generate
              (text):3: connectors.acme.clientSecret: is required; write clientSecret: "${…}"
              (text):3: connectors.acme.clientId: takes the environment variable ACME_ID, which is not set; set it before the start, or write ${ACME_ID:-default}
              (text):4: connectors.acme.clientSecrt: is no known key; did you mean 'clientSecret'?
              (text):6: server.publicUrl: is plain http, which only a loopback address may be; write https://
              (text):7: server.prot: is no known key; did you mean 'port'?
              (text):8: server.port: is not a whole number from 0 to 65535; write one such as 8080
              (text):10: server.host: is given twice, first in line 9; keep one of the two
              (text):11: colour: is no known key; known are server, database, plugins, security, connectors, inbox, audit, delivery\
            """);
  }

  @Test
  void anEmptyFileLacksWhatIsRequired() {
    assertThat(problems("# nothing yet\n"))
        .extracting(Problem::key)
        .containsExactly("server.publicUrl", "security.apiKeys", "security.encryptionKeys");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server: { port: abc }                 | server.port       | is not a whole number
          server: { port: 70000 }               | server.port       | is not a whole number
          server: { port: -1 }                  | server.port       | is not a whole number
          server: { port: 8_080 }               | server.port       | is not a whole number
          server: { port: 80.0 }                | server.port       | is not a whole number
          server: { port: 99999999999 }         | server.port       | is not a whole number
          server: { port: '' }                  | server.port       | is not a whole number
          server: { port: }                     | server.port       | has no value
          server: { port: [ 80 ] }              | server.port       | is a list or a section
          server: { port: !odd 80 }             | server.port       | starts with !
          server: { managementPort: 8080 }      | server.managementPort | is the same as port
          server: { host: 'http://x' }          | server.host       | is no host name
          server: 5                             | server            | is not a section
          server: [ 5 ]                         | server            | is not a section
          database: { url: 'jdbc:h2:mem:x' }    | database.url      | is no database that the host knows
          database: { url: 'jdbc:sqlite:' }     | database.url      | keeps nothing on disk
          database: { url: 'jdbc:sqlite::memory:' } | database.url  | keeps nothing on disk
          database: { url: 'jdbc:sqlite:file::memory:?cache=shared' } | database.url | must name a plain file
          database: { url: 'jdbc:sqlite:x.db?busy_timeout=1' } | database.url | must name a plain file
          database: { url: 'jdbc:sqlite:file:x.db' } | database.url     | must name a plain file
          database: { url: 'jdbc:postgresql://host:port/db' } | database.url | cannot be read
          database: { username: '' }            | database.username | is empty
          database: { password: 'x ' }          | database.password | white space
          plugins: { required: acme }           | plugins.required  | is not a list
          plugins: { required: [ acme, Acme ] } | plugins.required[1] | is no vendor name
          plugins: { directory: }               | plugins.directory | has no value
          connectors: { Acme: { } }             | connectors.Acme   | is no vendor name
          connectors: { acme: 5 }               | connectors.acme   | is not a section
          inbox: { dedupeFor: 0s } | inbox.dedupeFor | no time at all
          inbox: { retryFor: soon } | inbox.retryFor | duration
          audit: { keepFor: 0d } | audit.keepFor | is no time at all
          inbox: { retryAttempts: 0 } | inbox.retryAttempts | above 0
          delivery: { webhook: { url: 'https://x.example', secret: abc } } | delivery.webhook.secret | does not start with whsec_
          delivery: { webhook: { url: 'https://x.example', secret: whsec_ } } | delivery.webhook.secret | nothing after whsec_
          delivery: { webhook: { url: 'https://x.example', secret: whsec_a* } } | delivery.webhook.secret | no base64
          delivery: { webhook: { url: 'https://x.example' } } | delivery.webhook.secret | is required
          delivery: { webhook: { secret: whsec_YWJj } } | delivery.webhook.url | is required
          delivery: { webhook: { secret: whsec_YWJj, url: 'http://x.example' } } | delivery.webhook.url | is plain http
          delivery: { webhook: { url: 'https://x.example', secret: [ ] } } | delivery.webhook.secret | is an empty list
          delivery: { webhook: { url: 'https://x.example', secret: [ { secret: whsec_YWJj, retiring: true } ] } } | delivery.webhook.secret[0] | stands among retiring
          delivery: { webhook: { url: 'https://x.example', secret: whsec_YWJj, timeout: 6m } } | delivery.webhook.timeout | is longer than 5 minutes
          delivery: { webhook: { url: 'https://x.example', secret: whsec_YWJj, concurrency: 257 } } | delivery.webhook.concurrency | from 1 to 256
          delivery: { webhook: { url: 'https://x.example', secret: whsec_YWJj, retryHorizon: 0s } } | delivery.webhook.retryHorizon | is no time at all
          delivery: { retention: { maxAge: 0d } } | delivery.retention.maxAge | is no time at all
          delivery: { retention: { maxSize: 10 } } | delivery.retention.maxSize | has no unit
          delivery: { retention: { maxSize: 10XB } } | delivery.retention.maxSize | is no size
          delivery: { retention: { maxSize: 0GB } } | delivery.retention.maxSize | would keep nothing
          delivery: { webhok: { } }             | delivery.webhok   | is no known key
          """)
  void refuses(String yaml, String key, String message) {
    String minimal = yaml.startsWith("server: {") ? serverMinimal(yaml) : MINIMAL + yaml;
    if (yaml.startsWith("server") && !yaml.startsWith("server: {")) {
      minimal = MINIMAL.lines().skip(1).findFirst().orElseThrow() + "\n" + yaml;
    }

    assertThat(problems(minimal))
        .filteredOn(problem -> problem.key().equals(key))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message()).contains(message);
              assertThat(problem.suggestion()).isNotBlank();
              assertThat(problem.line()).isPositive();
            });
  }

  private static String serverMinimal(String server) {
    return MINIMAL.replace("server: {", server.substring(0, server.length() - 1) + ",");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5         | has no unit
          -5m       | is negative
          5x        | is no duration
          5 m       | is no duration
          PT5M      | is no duration
          1.5h      | is no duration
          99999999d | is longer than a century
          """)
  void refusesDurations(String text, String message) {
    Problem problem = problem(acmeWith("backfill: " + text), acme().build());

    assertThat(problem.key()).isEqualTo("connectors.acme.backfill");
    assertThat(problem.message()).contains(message);
    assertThat(problem.suggestion()).contains("30d");
  }

  private static String acmeWith(String more) {
    return MINIMAL + "connectors:\n  acme: { " + CLIENT + ", " + more + " }\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          baseUrl: 'http://api.example.com'    | baseUrl | is plain http
          baseUrl: 'http://127.evil.example'   | baseUrl | is plain http
          baseUrl: 'http://localhost.evil.example' | baseUrl | is plain http
          baseUrl: 'http://127.0.0.1.nip.io'   | baseUrl | is plain http
          baseUrl: 'http://10.0.0.1'           | baseUrl | is plain http
          baseUrl: 'api.example.com'           | baseUrl | is no https:// address
          baseUrl: '/v1'                       | baseUrl | is no https:// address
          baseUrl: 'ftp://api.example.com'     | baseUrl | is no https:// address
          baseUrl: 'https://'                  | baseUrl | is no web address
          baseUrl: 'https://a b'               | baseUrl | is no web address
          baseUrl: 'https://a_b.example'       | baseUrl | names no valid host
          baseUrl: 'https://a.example?x=1'     | baseUrl | has a query
          tokenUrl: 'https://a.example#x'      | tokenUrl | has a fragment
          authUrl: 'https://me:pw@a.example'   | authUrl | carries a user name
          tokenUrls: 'https://a.example'       | tokenUrls | is no known key
          scopes: 'a b'                        | scopes | is not a list
          scopes: [ '' ]                       | scopes[0] | is empty
          rateLimits: [ 5 ]                    | rateLimits[0] | is not a section
          rateLimits: [ { timeWindow: 60s } ]  | rateLimits[0].maxRequests | is required
          rateLimits: [ { maxRequests: 5 } ]   | rateLimits[0].timeWindow | is required
          rateLimits: [ { maxRequests: 0, timeWindow: 60s } ] | rateLimits[0].maxRequests | above 0
          rateLimits: [ { maxRequests: 5, timeWindow: 0s } ]  | rateLimits[0].timeWindow | is no time at all
          rateLimits: [ { maxRequests: 5, timeWindow: 60s, aligned: yes } ] | rateLimits[0].aligned | neither true nor false
          webhookTolerance: 0s                 | webhookTolerance | would refuse every webhook
          webhookTolerance: never              | webhookTolerance | is no duration
          webhookSecret: [ ]                   | webhookSecret | is an empty list
          webhookSecret: [ { secret: x, retiring: true } ] | webhookSecret[0] | retiring entries only
          webhookSecret: [ { retiring: true } ] | webhookSecret[0].secret | is required
          webhookSecret: [ { secret: x, retired: true } ] | webhookSecret[0].retired | is no known key
          settings: { regoin: us }             | settings.regoin | is no known key
          settings: { region: asia }           | settings.region | is none of us, eu
          resourceTypes: [ sleep, steps ]      | resourceTypes[1] | holds 'steps', which is none of
          settings: { retries: many }          | settings.retries | is not a whole number
          settings: { eager: maybe }           | settings.eager | is neither true nor false
          settings: { pause: 5 }               | settings.pause | has no unit
          settings: { mirror: nowhere }        | settings.mirror | is no absolute address
          settings: { partnerKey: '' }         | settings.partnerKey | is empty
          """)
  void refusesInAVendorsSection(String yaml, String key, String message) {
    List<Problem> problems = problems(acmeWith(yaml), acme().build());

    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.key()).isEqualTo("connectors.acme." + key);
              assertThat(problem.message()).contains(message);
              assertThat(problem.line()).isEqualTo(4);
            });
  }

  @Test
  void aVendorWithoutClientNeedsNone() {
    Descriptor open = acme().withoutClient().build();

    assertThat(Configurations.parse(MINIMAL + "connectors: { acme: { } }", open).warnings())
        .isEmpty();
  }

  @Test
  void aSignedVendorNeedsAWebhookSecretUnlessItIsTheClientSecret() {
    Descriptor.Builder other = Descriptor.builder(ACME, "Acme").webhooks(WebhookTrust.SIGNED);

    assertThat(problem(acmeWith("scopes: [ ]"), other.build()).key())
        .isEqualTo("connectors.acme.webhookSecret");
    assertThat(Configurations.parse(acmeWith("scopes: [ ]"), acme().build()).warnings()).isEmpty();
  }

  @Test
  void aRequiredSettingIsAskedFor() {
    Descriptor demanding =
        acme()
            .setting(io.cloudconnector.api.Setting.text("tenant", "Your tenant.").required())
            .build();

    assertThat(problem(acmeWith("scopes: [ ]"), demanding))
        .isEqualTo(
            new Problem(
                4, "connectors.acme.settings.tenant", "is required", "write it: Your tenant."));
  }

  @Test
  void aBaseUrlIsAskedForWhereTheConnectorHasNone() {
    Descriptor homeless =
        Descriptor.builder(ACME, "Acme").withoutClient().endpoint("token", "/token").build();

    assertThat(problem(MINIMAL + "connectors: { acme: { } }", homeless).key())
        .isEqualTo("connectors.acme.baseUrl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          apiKeys: [ ]                     | security.apiKeys | is an empty list
          apiKeys: "one"                   | security.apiKeys | is not a list
          apiKeys: [ 'a b' ]               | security.apiKeys[0] | no header can carry
          apiKeys: [ 'schlüssel' ]         | security.apiKeys[0] | no header can carry
          apiKeys: [ same-key, same-key ]  | security.apiKeys[1] | is the same key
          apiKeys: [ { key: aaa, name: n }, { key: bbb, name: n } ] | security.apiKeys[1] | has the name
          apiKeys: [ { name: n } ]         | security.apiKeys[0].key | is required
          apiKeys: [ { key: aaa, readonly: true } ] | security.apiKeys[0].readonly | is no known key
          apiKeys: [ { key: aaa, readOnly: 1 } ] | security.apiKeys[0].readOnly | neither true nor false
          apiKeys: [ ~ ]                   | security.apiKeys[0] | has no value
          """)
  void refusesApiKeys(String yaml, String key, String message) {
    String text =
        """
        server: { publicUrl: "https://connect.example.com" }
        security:
          encryptionKeys: [ e ]
        """;

    Problem problem = problem(text + "  " + yaml);

    assertThat(problem.key()).isEqualTo(key);
    assertThat(problem.message()).contains(message);
    assertThat(problem.line()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "encryptionKeys: [ ]", "encryptionKeys: [ '${UNSET}' ]"})
  void whoeverHasNoEncryptionKeyIsToldTheCommandThatMakesOne(String keys) {
    assertThat(
            problems(
                MINIMAL.replaceFirst("encryptionKeys: \\[[^]]*]", Matcher.quoteReplacement(keys))))
        .anySatisfy(
            problem -> {
              assertThat(problem.key()).isEqualTo("security.encryptionKeys");
              assertThat(problem.suggestion()).contains("bin/connector-host keys generate");
            });
  }

  @Test
  void anEncryptionKeyThatTheVaultCannotUseIsReportedLikeAllElse() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                SettingsLoader.parse(
                    MINIMAL,
                    Map.of(),
                    HOME,
                    plugins -> Map.of(),
                    key -> Optional.of("has " + key.length() + " characters")));

    assertThat(e.problems())
        .containsExactly(
            new Problem(
                2,
                "security.encryptionKeys[0]",
                "has 5 characters",
                "make one with: connector-host keys generate"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          a: [1\\nb: 2          | 2 | expected ',' or ']'
          a:\\n\\tb: 1          | 2 | TAB
          a: b: c               | 1 | mapping values are not allowed here
          a: 'x\\nb: 1\\n       | 3 | unexpected end of stream
          x\\ny: 1              | 2 | mapping values are not allowed here
          a: *hunter2           | 1 | starts with * or !
          a: !hunter2!x y       | 1 | starts with * or !
          a: 1\\nb: BELL       | 2 | a control character
          a: 1\\n---\\nb: 2     | 2 | another document
          %YAML 3.0\\n---\\na: 1 | 1 | another version
          """)
  void whatIsNoYamlIsToldWithItsLineAndWithoutItsText(String text, int line, String message) {
    Problem problem = problem(text.translateEscapes().replace("BELL", "\u0007"));

    assertThat(problem.line()).isEqualTo(line);
    assertThat(problem.message()).contains(message).doesNotContain("hunter2");
  }

  @Test
  void keysMustBeText() {
    assertThat(problem(MINIMAL + "? [ a ]\n: b\n").message())
        .isEqualTo("has a key that is no text");
  }

  @Test
  void aFileThatContainsItselfEnds() {
    assertThat(problems("server: &s { publicUrl: *s, host: *s }")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server: { port: hunter2 }",
        "server: { host: 'hunter2/' }",
        "server: { publicUrl: 'http://hunter2.example' }",
        "server: { publicUrl: 'https://me:hunter2@x.example' }",
        "database: { url: 'jdbc:oracle:hunter2' }",
        "database: { url: 'jdbc:sqlite:hunter2?password=hunter2' }",
        "database: { url: 'jdbc:postgresql://me:hunter2@host:port/db' }",
        "security: { apiKeys: [ 'hunter2 x' ], encryptionKeys: [ ' hunter2' ] }",
        "security: { allowedReturnUrls: [ 'https://hunter2*' ] }",
        "connectors: { acme: { clientSecret: ' hunter2', backfill: hunter2 } }",
        "connectors: { acme: { settings: { partnerKey: ' hunter2', region: hunter2 } } }",
        "delivery: { webhook: { secret: hunter2 } }",
        "plugins: { required: [ Hunter2 ] }",
        "server: { port: '${hunter2-x}' }",
      })
  void noFaultQuotesAValue(String yaml) {
    assertThatThrownBy(() -> Configurations.parse(yaml, acme().build()))
        .isInstanceOf(ConfigException.class)
        .message()
        .doesNotContainIgnoringCase("hunter2");
  }

  @Test
  void withoutReadablePluginsSectionNoPluginIsLoaded() {
    assertThatThrownBy(
            () ->
                SettingsLoader.parse(
                    MINIMAL + "plugins: { directory: '${NONE}' }\nconnectors: { acme: { } }",
                    Map.of(),
                    HOME,
                    plugins -> {
                      throw new AssertionError("asked for plugins in " + plugins.directory());
                    }))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("1 fault in")
        .hasMessageContaining("plugins.directory");
  }
}
