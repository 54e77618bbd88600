package io.cloudconnector.simulator.oura;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.SimulatedServer;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** An application's webhook address that knows its verification token. */
final class Callback implements AutoCloseable {
  static final String TOKEN = "the application's token";

  private final SimulatedServer server = new SimulatedServer(InstantSource.system());
  private volatile int status = 200;
  private volatile Function<String, SimulatedReply> challenged =
      challenge ->
          SimulatedReply.json(200, JsonText.object().text("challenge", challenge).toString());

  Callback() {
    server.route("GET", "/hooks", this::challenge);
    server.route("POST", "/hooks", request -> SimulatedReply.empty(status));
    server.start();
  }

  URI url() {
    return server.url("/hooks");
  }

  void answer(int code) {
    status = code;
  }

  void answerChallenges(Function<String, SimulatedReply> answer) {
    challenged = answer;
  }

  private SimulatedReply challenge(SimulatedRequest request) {
    boolean ours = request.query("verification_token").orElse("").equals(TOKEN);
    return ours
        ? challenged.apply(request.query("challenge").orElse(""))
        : SimulatedReply.empty(401);
  }

  List<SimulatedRequest> challenges() {
    return server.requests().of("GET", "/hooks");
  }

  List<SimulatedRequest> messages() {
    return server.requests().of("POST", "/hooks");
  }

  static String text(SimulatedRequest request) {
    return new String(request.body(), UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
