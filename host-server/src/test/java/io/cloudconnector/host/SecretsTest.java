package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.cloudconnector.host.delivery.Consumer;
import io.cloudconnector.host.store.SqliteBackup;
import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.simulator.SimulatedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What must be seen nowhere is seen nowhere, whatever happens. */
@Isolated("it reads the log, which all share")
final class SecretsTest {
  private static final Pattern LINK = Pattern.compile("/link/([A-Za-z0-9_-]{43})");
  private static final Pattern COOKIE = Pattern.compile("connector_link=([A-Za-z0-9_-]{43})");

  /** What is on its way to whom it is for: a link, the vendor's page, the browser's cookie. */
  private static final Pattern MEANT_TO_BE =
      Pattern.compile(
          String.join(
              "|",
              "linkUrl\":\"[^\"]+",
              "location=\\[[^\\]]+.authorize\\?[^\\]]+",
              "set-cookie=\\[[^\\]]+"));

  @TempDir Path folder;
  private final SecretSweep sweep = new SecretSweep();

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void noSecretIsAnywhereAfterALifeFullOfTroubles(TestDatabase kind) throws Exception {
    List<String> dumps = new ArrayList<>();
    List<String> objects = new ArrayList<>();
    try (WholeLog log = new WholeLog();
        Consumer consumer = new Consumer()) {
      try (RunningHost host = new RunningHost(kind, folder)) {
        SecretLife life =
            new SecretLife(
                host,
                consumer,
                () -> {
                  dumps.add(threads());
                  objects.addAll(ReachableObjects.texts(host.running()));
                });
        life.live();
        objects.addAll(ReachableObjects.texts(host.running()));
        plantAll(host, life.answers());
        sweep.sweep("answers", withoutWhatIsMeantToBe(life.answers()));
        sweepDatabase(host, kind);
      }
      sweep.sweep("log", log.lines());
      sweep.sweep("deliveries", consumer.requests().stream().map(SecretsTest::text).toList());
    }
    sweep.sweep("threads", dumps);
    sweep.sweep("objects", objects);
    sweepFiles("closed files");

    assertThat(sweep.leaks()).isEmpty();
    assertThat(sweep.kinds())
        .contains(
            "access token",
            "refresh token",
            "authorization code",
            "code verifier",
            "state",
            "link token",
            "browser cookie");
    assertThat(sweep.planted("access token")).isGreaterThan(20);
    assertThat(sweep.planted("state")).isGreaterThan(20);
    assertThat(sweep.swept())
        .allSatisfy((place, size) -> assertThat(size).as(place).isGreaterThan(1000));
    assertThat(objects)
        .anyMatch(text -> text.startsWith("io.cloudconnector.host.web.ApiKeys$HashedKey:"));
    assertThat(objects).anyMatch(text -> text.startsWith("io.cloudconnector.host.web.Route:"));
    assertThat(dumps.getFirst()).contains("request ");
    System.out.printf("%s: swept %s characters%n", kind, sweep.swept());
  }

  private void plantAll(RunningHost host, List<String> answers) {
    sweep.plant("client secret", AcmeCloud.CLIENT_SECRET);
    sweep.plant("webhook secret", AcmeCloud.WEBHOOK_SECRET);
    sweep.plant("delivery secret", SecretLife.DELIVERY_SECRET);
    sweep.plant("delivery secret", SecretLife.DELIVERY_SECRET.substring("whsec_".length()));
    sweep.plant("API key", List.of(RunningHost.API_KEY, RunningHost.READ_ONLY_KEY));
    sweep.plant("API key", "a-wrong-api-key-9876543210");
    sweep.plant("encryption key", RunningHost.ENCRYPTION_KEY);
    sweep.plant("header of a webhook", SecretLife.HEADER);
    sweep.plant("a person's address", SecretLife.EMAIL);
    host.acme.requests().all().forEach(this::plantFrom);
    for (String answer : answers) {
      plantFound("link token", LINK, answer);
      plantFound("browser cookie", COOKIE, answer);
    }
  }

  private void plantFrom(SimulatedRequest request) {
    request.bearerToken().ifPresent(token -> sweep.plant("access token", token));
    request.query("state").ifPresent(state -> sweep.plant("state", state));
    if (request.path().equals("/token")) {
      Map<String, String> form = request.form();
      plantField("authorization code", form.get("code"));
      plantField("code verifier", form.get("code_verifier"));
      plantField("refresh token", form.get("refresh_token"));
    }
  }

  private void plantField(String name, @Nullable String value) {
    if (value != null) {
      sweep.plant(name, value);
    }
  }

  private void plantFound(String name, Pattern pattern, String text) {
    pattern.matcher(text).results().forEach(found -> sweep.plant(name, found.group(1)));
  }

  private static List<String> withoutWhatIsMeantToBe(List<String> answers) {
    return answers.stream().map(text -> MEANT_TO_BE.matcher(text).replaceAll("")).toList();
  }

  private static String text(Consumer.Request request) {
    return request.headers() + "\n" + request.text();
  }

  private void sweepDatabase(RunningHost host, TestDatabase kind) throws Exception {
    sweepTables(host.databaseUrl);
    if (kind == TestDatabase.SQLITE) {
      sweepFiles("open files");
      Path copy = folder.resolve("copy.backup");
      SqliteBackup.write(Path.of(host.databaseUrl.substring("jdbc:sqlite:".length())), copy);
      sweep.sweep("backup", Files.readAllBytes(copy));
    }
  }

  /** Every column of every table, as its bytes and as its text. */
  private void sweepTables(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      for (String table : tables(connection)) {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            for (int column = 1; column <= columns; column++) {
              sweepValue(rows.getObject(column));
            }
          }
        }
      }
    }
  }

  private void sweepValue(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      sweep.sweep("tables", bytes);
      sweep.sweep("tables", HexFormat.of().formatHex(bytes));
    } else {
      sweep.sweep("tables", String.valueOf(value));
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    String schema = connection.getSchema();
    try (ResultSet rows =
        connection.getMetaData().getTables(null, schema, "%", new String[] {"TABLE"})) {
      while (rows.next()) {
        tables.add(rows.getString("TABLE_NAME"));
      }
    }
    assertThat(tables).contains("connection", "link", "link_flow", "event_log", "revocation");
    return tables;
  }

  private void sweepFiles(String where) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sweep.sweep(where, Files.readAllBytes(file));
      }
    }
  }

  /** Names and stacks of all threads, virtual ones too. */
  private String threads() {
    Path file = folder.resolve("threads" + System.nanoTime() + ".txt");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Careless(String name, String token) {}

  /** The sweep itself must be able to fail, at each place where it looks. */
  @Test
  void aPlantedLeakIsFoundWhereverItIs() throws Exception {
    String secret = "a-planted-secret-0123456789";
    sweep.plant("planted", secret);
    CountDownLatch end = new CountDownLatch(1);
    Thread thread =
        Thread.ofVirtual()
            .name("refresh with " + secret)
            .start(
                () -> {
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    try (WholeLog log = new WholeLog();
        RunningHost host = new RunningHost(TestDatabase.SQLITE, folder)) {
      LoggerFactory.getLogger("org.example.library").trace("sent {}", secret);
      java.util.logging.Logger.getLogger("org.example.platform").finest("sent " + secret);
      sweep.sweep("log", log.lines().stream().filter(line -> !line.startsWith("JUL")).toList());
      sweep.sweep("jul", log.lines().stream().filter(line -> line.startsWith("JUL")).toList());
      host.invite("anna-" + secret);
      host.api().get("/v1/connections?userId=" + secret);
      host.api().get(Api.connection("x") + "/" + secret);
      sweepTables(host.databaseUrl);
      sweepFiles("open files");
      sweep.sweep("threads", threads());
      sweep.sweep("objects", ReachableObjects.texts(List.of(new Careless("x", secret))));
      sweep.sweep("answers", List.of("{\"detail\":\"no " + secret + "\"}"));
    } finally {
      end.countDown();
      thread.join();
    }
    assertThat(sweep.leaks())
        .containsOnlyKeys("log", "jul", "tables", "open files", "threads", "objects", "answers");
  }
}
