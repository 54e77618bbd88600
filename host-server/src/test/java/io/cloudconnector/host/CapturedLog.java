package io.cloudconnector.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Everything that our own code logs, down to the last detail, as text. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.cloudconnector");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  public CapturedLog() {
    start();
    ours.addAppender(this);
    ours.setLevel(Level.TRACE);
    ours.setAdditive(false);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    lines.add(event.getFormattedMessage() + " " + event.getKeyValuePairs() + " " + trace);
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    ours.detachAppender(this);
    ours.setLevel(null);
    ours.setAdditive(true);
    stop();
  }
}
