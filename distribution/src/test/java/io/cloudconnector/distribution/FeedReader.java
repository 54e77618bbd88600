package io.cloudconnector.distribution;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operator's application that reads the feed from its own cursor and enters what it reads into
 * the ledger; it goes on from there whenever the host is back.
 */
final class FeedReader implements AutoCloseable {
  static final String NAME = "feed";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long PAUSE_MILLIS = 50;

  private final Operator operator;
  private final Ledger ledger;
  private final Thread thread = Thread.ofVirtual().name("feed reader").unstarted(this::run);
  private String cursor = "";
  private volatile boolean closed;

  FeedReader(Operator operator, Ledger ledger) {
    this.operator = operator;
    this.ledger = ledger;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        readOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readOnce() throws InterruptedException {
    try {
      read(operator.get("/v1/events?limit=500&wait=5" + after(cursor)));
    } catch (UncheckedIOException | IllegalStateException _) {
      // Nobody there for the moment.
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static String after(String cursor) {
    return cursor.isEmpty() ? "" : "&after=" + cursor;
  }

  private void read(HttpResponse<byte[]> page) throws InterruptedException {
    if (page.statusCode() == 200) {
      JsonNode body = JSON.readTree(page.body());
      ledger.seen(NAME, body.path("events").valueStream().map(Seen::of).toList());
      cursor = body.path("next").asString();
    } else if (page.statusCode() == 503) {
      Thread.sleep(PAUSE_MILLIS);
    } else {
      throw new AssertionError("the feed answered " + page.statusCode());
    }
  }

  /** The whole log, read anew from its beginning. */
  static List<Seen> fromTheStart(Operator operator) {
    Ledger fresh = new Ledger();
    try (FeedReader reader = new FeedReader(operator, fresh)) {
      int before;
      do {
        before = fresh.seenBy(NAME).size();
        reader.read(operator.get("/v1/events?limit=1000" + after(reader.cursor)));
      } while (fresh.seenBy(NAME).size() > before);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return fresh.seenBy(NAME);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
