package io.cloudconnector.host.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.config.StartupException;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogOutputTest {
  private static final LogOutput JSON = LogOutput.ofService(Map.of());
  private static final LogOutput TEXT = LogOutput.ofService(Map.of("CONNECTOR_LOG_FORMAT", "text"));

  /** What the shipped configuration writes, without touching the logging of the tests. */
  private static String written(LogOutput output, Consumer<Logger> lines) throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("connector.log.form", output.form());
    context.putProperty("connector.log.level", output.level());
    context.putProperty("connector.log.target", output.target());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    URL shipped = Objects.requireNonNull(LogOutput.class.getResource("/logback.xml"));
    configurator.doConfigure(shipped);
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    ConsoleAppender<ILoggingEvent> console = console(context);
    assertThat(console.getTarget()).isEqualTo(output.target());
    console.setOutputStream(sink);
    lines.accept(context.getLogger("io.cloudconnector.host.Some"));
    context.stop();
    return sink.toString(UTF_8);
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    return (ConsoleAppender<ILoggingEvent>)
        Objects.requireNonNull(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("out"));
  }

  private static void event(Logger log) {
    log.atInfo()
        .addKeyValue("vendor", "acme")
        .addKeyValue("user_id", "u-1")
        .addKeyValue("event_type", "data.updated")
        .addKeyValue("trace_id", "t\n1")
        .log("stored\nit");
  }

  private record Masked(String secret) {
    @Override
    public String toString() {
      return "***";
    }
  }

  @Test
  void aValueIsWrittenAsItsTextAndNeverTakenApart() throws JoranException {
    String text =
        written(
            JSON,
            log ->
                log.atInfo()
                    .addKeyValue("vendor", new VendorType("acme"))
                    .addKeyValue("credentials", new Masked("hush"))
                    .log("x"));

    JsonNode line = JsonMapper.builder().build().readTree(text);
    assertThat(line.get("vendor").asString()).isEqualTo("acme");
    assertThat(line.get("credentials").asString()).isEqualTo("***");
    assertThat(text).doesNotContain("hush");
  }

  @Test
  void refusesAFormatThatThereIsNot() {
    assertThatThrownBy(() -> LogOutput.ofService(Map.of("CONNECTOR_LOG_FORMAT", "yaml")))
        .isInstanceOf(StartupException.class)
        .hasMessage("CONNECTOR_LOG_FORMAT is none of json, text; set it to one of them")
        .extracting("exitStatus")
        .isEqualTo(2);
  }

  @Test
  void refusesALevelThatThereIsNot() {
    assertThatThrownBy(() -> LogOutput.ofCommand(Map.of("CONNECTOR_LOG_LEVEL", "loud")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("CONNECTOR_LOG_LEVEL is none of TRACE, DEBUG, INFO");
  }

  @Test
  void aServiceWritesAJsonObjectALineWithTheAgreedKeysAtItsTop() throws JoranException {
    String text = written(JSON, LogOutputTest::event);

    assertThat(text.lines()).hasSize(1);
    JsonNode line = JsonMapper.builder().build().readTree(text);
    assertThat(line.propertyNames())
        .containsExactlyInAnyOrder(
            "timestamp",
            "level",
            "logger",
            "thread",
            "message",
            "vendor",
            "user_id",
            "event_type",
            "trace_id");
    assertThat(line.get("vendor").asString()).isEqualTo("acme");
    assertThat(line.get("message").asString()).isEqualTo("stored\nit");
    assertThat(line.get("timestamp").asString()).endsWith("Z");
    assertThat(Instant.parse(line.get("timestamp").asString()))
        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
  }

  @Test
  void textIsOneLineAnEventWhateverStandsInIt() throws JoranException {
    assertThat(written(TEXT, LogOutputTest::event))
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  \\S+ stored it"
                + " vendor=\"acme\" user_id=\"u-1\" event_type=\"data.updated\" trace_id=\"t 1\"\n");
  }

  @Test
  void debugIsSilentUnlessAskedFor() throws JoranException {
    LogOutput debug = LogOutput.ofService(Map.of("CONNECTOR_LOG_LEVEL", "debug"));

    assertThat(written(JSON, log -> log.debug("detail"))).isEmpty();
    assertThat(written(debug, log -> log.debug("detail"))).contains("detail");
  }

  @Test
  void aCommandWritesOnlyWarningsAndToStandardError() throws JoranException {
    LogOutput command = LogOutput.ofCommand(Map.of("CONNECTOR_LOG_FORMAT", "json"));

    assertThat(command).isEqualTo(new LogOutput("text", "WARN", "System.err"));
    assertThat(written(command, log -> log.info("news"))).isEmpty();
    assertThat(written(command, log -> log.warn("trouble"))).contains("trouble");
  }

  @Test
  void anExceptionIsInTheLog() throws JoranException {
    Exception cause = new IllegalStateException("broken");

    assertThat(written(TEXT, log -> log.error("failed", cause))).contains("failed", "broken");
    assertThat(written(JSON, log -> log.error("failed", cause)))
        .contains("\"stack_trace\":", "broken");
  }
}
