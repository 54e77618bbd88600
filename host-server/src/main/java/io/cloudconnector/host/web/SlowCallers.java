package io.cloudconnector.host.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the connections of callers that send a request bit by bit. Such a connection is never idle,
 * so the idle timeout alone would let a few thousand of them hold the host for hours.
 */
final class SlowCallers extends Handler.Wrapper implements Connection.Listener {
  private static final Logger log = LoggerFactory.getLogger(SlowCallers.class);
  private static final long MOST_BETWEEN_LOOKS = TimeUnit.SECONDS.toMillis(1);

  private final long headNanos;
  private final long bodyNanos;
  private final long lookMillis;
  private final Map<Connection, Caller> callers = new ConcurrentHashMap<>();
  private volatile Scheduler.Task next = () -> false;

  SlowCallers(HttpBounds bounds, Handler handler) {
    super(handler);
    headNanos = bounds.head().toNanos();
    bodyNanos = bounds.body().toNanos();
    lookMillis = Math.min(MOST_BETWEEN_LOOKS, Math.max(1, bounds.head().toMillis() / 4));
  }

  @Override
  public void onOpened(Connection connection) {
    // Of the two that TLS has, the one that speaks HTTP.
    if (connection instanceof ConnectionMetaData) {
      callers.put(connection, new Caller(connection));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    callers.remove(connection);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Caller caller = callers.get(request.getConnectionMetaData().getConnection());
    if (caller == null) {
      return super.handle(request, response, callback);
    }
    caller.begun();
    Request.addCompletionListener(request, failure -> caller.answered());
    return super.handle(new WatchedRequest(request, caller), response, callback);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    look();
  }

  private void look() {
    long now = System.nanoTime();
    callers.values().stream().filter(caller -> caller.isTooSlow(now)).forEach(SlowCallers::end);
    next = getServer().getScheduler().schedule(this::look, lookMillis, TimeUnit.MILLISECONDS);
  }

  private static void end(Caller caller) {
    log.atDebug().log("A caller takes too long to send its request; its connection is closed");
    caller.connection.getEndPoint().close(new TimeoutException("the request came too slowly"));
  }

  @Override
  protected void doStop() throws Exception {
    next.cancel();
    super.doStop();
  }

  /** How one connection fares. */
  private final class Caller {
    private final Connection connection;
    private int requests;
    private int answers;
    private long bytesWhenAnswered;
    private boolean waited = true;
    private long since = System.nanoTime();

    Caller(Connection connection) {
      this.connection = connection;
    }

    synchronized void begun() {
      requests++;
      waited = false;
    }

    /** May come after the beginning of the next request. */
    synchronized void answered() {
      answers++;
      if (requests == answers) {
        waited = false;
        bytesWhenAnswered = connection.getBytesIn();
      }
    }

    synchronized void waitsForBody() {
      if (!waited) {
        waited = true;
        since = System.nanoTime();
      }
    }

    synchronized void hasBody() {
      waited = false;
    }

    synchronized boolean isTooSlow(long now) {
      boolean betweenRequests = requests == answers;
      if (!waited && betweenRequests && connection.getBytesIn() > bytesWhenAnswered) {
        waited = true;
        since = now;
      }
      return waited && now - since > (betweenRequests ? headNanos : bodyNanos);
    }
  }

  /** Tells when more of a body is waited for. */
  private static final class WatchedRequest extends Request.Wrapper {
    private final Caller caller;

    WatchedRequest(Request request, Caller caller) {
      super(request);
      this.caller = caller;
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk == null) {
        caller.waitsForBody();
      } else if (chunk.isLast()) {
        caller.hasBody();
      }
      return chunk;
    }
  }
}
