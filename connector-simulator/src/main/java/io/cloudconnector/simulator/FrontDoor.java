package io.cloudconnector.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between Jetty and the routes: reads a request, lets a fault strike, writes the answer. */
final class FrontDoor extends Handler.Abstract {
  private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);

  private static final int PIECES = 10;

  private final InstantSource clock;
  private final RequestLog requests;
  private final Faults faults;
  private final Route routes;
  private final CountDownLatch closing = new CountDownLatch(1);

  FrontDoor(InstantSource clock, RequestLog requests, Faults faults, Route routes) {
    this.clock = clock;
    this.requests = requests;
    this.faults = faults;
    this.routes = routes;
  }

  /** Lets slow answers go, so that the server can stop. */
  void release() {
    closing.countDown();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    SimulatedRequest asked;
    try {
      asked = read(request);
    } catch (Refusal refusal) {
      write(refusal.reply(), response, callback);
      return true;
    }
    requests.received(asked);
    answer(asked, faults.strike(asked).orElse(null), request, response, callback);
    return true;
  }

  private void answer(
      SimulatedRequest asked,
      @Nullable Fault fault,
      Request request,
      Response response,
      Callback callback)
      throws Exception {
    switch (fault) {
      case null -> write(routed(asked), response, callback);
      case Fault.Answer(SimulatedReply reply) -> write(reply, response, callback);
      case Fault.Slow(Duration delay) -> {
        SimulatedReply late = routed(asked);
        pause(delay);
        write(late, response, callback);
      }
      case Fault.Trickle(Duration time) -> trickle(routed(asked), time, response, callback);
      case Fault.Drop() -> hangUp(request, callback);
      case Fault.LateSuccess() -> {
        requests.answered(routed(asked).status());
        hangUp(request, callback);
      }
      case Fault.HalfBody() -> {
        SimulatedReply whole = routed(asked);
        head(whole, response);
        send(whole.cut().body(), response);
        hangUp(request, callback);
      }
      case Fault.CutBody() -> write(routed(asked).cut(), response, callback);
    }
  }

  private void trickle(SimulatedReply reply, Duration time, Response response, Callback callback)
      throws Exception {
    head(reply, response);
    byte[] body = reply.body();
    int sent = 0;
    for (int piece = 1; piece < PIECES; piece++) {
      int until = body.length * piece / PIECES;
      send(Arrays.copyOfRange(body, sent, until), response);
      sent = until;
      pause(time.dividedBy(PIECES - 1));
    }
    response.write(true, ByteBuffer.wrap(body, sent, body.length - sent), callback);
  }

  private static void send(byte[] part, Response response) throws Exception {
    Callback.Completable sent = new Callback.Completable();
    response.write(false, ByteBuffer.wrap(part), sent);
    sent.get();
  }

  /** Shorter when the server is closed. */
  private void pause(Duration time) throws InterruptedException {
    boolean closed = closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    log.atTrace().addKeyValue("closed", closed).log("answering late");
  }

  private SimulatedReply routed(SimulatedRequest asked) {
    try {
      return routes.answer(asked);
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("a route failed; the client gets status 500");
      return SimulatedReply.text(500, "the simulated cloud itself failed");
    }
  }

  private SimulatedRequest read(Request request) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.putIfAbsent(field.getName().toLowerCase(Locale.ROOT), field.getValue());
    }
    ByteBuffer content = Content.Source.asByteBuffer(request);
    byte[] body = new byte[content.remaining()];
    content.get(body);
    String query = request.getHttpURI().getQuery();
    return new SimulatedRequest(
        request.getMethod(),
        request.getHttpURI().getPath(),
        query == null ? Map.of() : FormText.parse(query),
        headers,
        body,
        clock.instant(),
        Map.of());
  }

  private void write(SimulatedReply reply, Response response, Callback callback) {
    head(reply, response);
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
  }

  private void head(SimulatedReply reply, Response response) {
    requests.answered(reply.status());
    response.setStatus(reply.status());
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    if (reply.status() != 204) {
      response.getHeaders().put("Content-Length", Integer.toString(reply.body().length));
    }
  }

  private static void hangUp(Request request, Callback callback) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.failed(new EofException("hung up on purpose"));
  }
}
