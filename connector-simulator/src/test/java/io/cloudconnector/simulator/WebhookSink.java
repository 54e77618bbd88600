package io.cloudconnector.simulator;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An application's webhook address: answers as told and remembers what came. */
public final class WebhookSink implements AutoCloseable {
  private final SimulatedServer server = new SimulatedServer(InstantSource.system());
  private final AtomicInteger status = new AtomicInteger(200);

  public WebhookSink() {
    server.route("POST", "/hooks", request -> SimulatedReply.empty(status.get()));
    server.start();
  }

  public URI url() {
    return server.url("/hooks");
  }

  public void answer(int code) {
    status.set(code);
  }

  public Faults faults() {
    return server.faults();
  }

  public List<SimulatedRequest> received() {
    return server.requests().all();
  }

  @Override
  public void close() {
    server.close();
  }
}
