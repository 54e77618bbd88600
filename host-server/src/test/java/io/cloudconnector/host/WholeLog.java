package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * All that this process logs at {@code CONNECTOR_LOG_LEVEL=TRACE}, by whichever library and by
 * {@code java.util.logging} too. The loggers that the shipped configuration holds down stay down;
 * all that the console would show is kept here instead.
 */
final class WholeLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final Pattern HELD_DOWN =
      Pattern.compile("<logger name=\"(.+?)\" level=\"(.+?)\"");

  private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final List<Appender<ILoggingEvent>> silenced = new ArrayList<>();
  private final List<Logger> heldDown = new ArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final java.util.logging.Logger platform = LogManager.getLogManager().getLogger("");
  private final java.util.logging.Level platformBefore = platform.getLevel();
  private final Handler handler = new PlatformHandler();

  WholeLog() {
    for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
      silenced.add(all.next());
    }
    silenced.forEach(root::detachAppender);
    holdDown();
    setContext(loggers);
    start();
    root.addAppender(this);
    root.setLevel(Level.TRACE);
    platform.addHandler(handler);
    platform.setLevel(java.util.logging.Level.ALL);
  }

  private void holdDown() {
    Matcher matcher = HELD_DOWN.matcher(shipped());
    while (matcher.find()) {
      Logger logger = loggers.getLogger(matcher.group(1));
      logger.setLevel(Level.toLevel(matcher.group(2)));
      heldDown.add(logger);
    }
  }

  private static String shipped() {
    try (InputStream xml = WholeLog.class.getResourceAsStream("/logback.xml")) {
      return new String(Objects.requireNonNull(xml).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    lines.add(
        "%s %s [%s] %s %s %s"
            .formatted(
                event.getLevel(),
                event.getLoggerName(),
                event.getThreadName(),
                event.getFormattedMessage(),
                event.getKeyValuePairs(),
                trace));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    platform.setLevel(platformBefore);
    platform.removeHandler(handler);
    root.detachAppender(this);
    root.setLevel(before);
    heldDown.forEach(logger -> logger.setLevel(null));
    silenced.forEach(root::addAppender);
    stop();
  }

  private final class PlatformHandler extends Handler {
    PlatformHandler() {
      setLevel(java.util.logging.Level.ALL);
      setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord entry) {
      lines.add("JUL " + getFormatter().format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
