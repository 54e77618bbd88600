package io.cloudconnector.host.web;

import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** Where vendors send their webhooks. */
final class WebhookEndpoint {
  /** Long enough for a database to come back, short against a vendor's hour of repeats. */
  private static final String COME_BACK = "10";

  private final RunningConnectors connectors;
  private final URI publicUrl;
  private final ClientAddresses addresses;
  private final Metrics metrics;
  private final InstantSource clock;

  WebhookEndpoint(
      RunningConnectors connectors,
      URI publicUrl,
      ClientAddresses addresses,
      Metrics metrics,
      InstantSource clock) {
    this.connectors = connectors;
    this.publicUrl = publicUrl;
    this.addresses = addresses;
    this.metrics = metrics;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(new Route("*", "/webhooks/{vendor}", true, this::receive));
  }

  private Reply receive(Exchange exchange) {
    String name = exchange.path("vendor");
    // Only configured vendors: what else callers may name would be counted for ever.
    Values.vendor(name)
        .filter(connectors.missing()::containsKey)
        .ifPresent(missing -> metrics.webhookRequest(missing, 503));
    RunningConnector connector = Values.connector(connectors, name);
    Reply reply = receive(exchange, connector);
    metrics.webhookRequest(connector.vendor(), reply.status());
    return reply;
  }

  private Reply receive(Exchange exchange, RunningConnector connector) {
    byte[] body;
    try {
      body = exchange.body();
    } catch (ProblemException tooLarge) {
      return tooLarge.reply();
    }
    WebhookReply reply =
        connector
            .intake()
            .receive(
                ReceivedWebhook.of(
                    exchange.request(),
                    publicUrl,
                    body,
                    clock.instant(),
                    addresses.of(exchange.request())));
    return switch (reply.status()) {
      case 400 ->
          new ProblemException(400, "unreadable-webhook", "the request is signed but unreadable")
              .reply();
      case 401 ->
          new ProblemException(
                  401, "unverified-webhook", "the signature is missing, wrong or too old")
              .reply();
      case 404 -> ProblemException.notFound("there is nothing at this address").reply();
      case 405 ->
          new ProblemException(405, "method-not-allowed", "webhooks are sent by POST")
              .reply()
              .header("Allow", "POST");
      case 503 ->
          new ProblemException(503, "unavailable", "cannot be stored now; send it again")
              .reply()
              .header("Retry-After", COME_BACK);
      default -> asItIs(reply);
    };
  }

  private static Reply asItIs(WebhookReply reply) {
    return reply
        .mediaType()
        .map(type -> Reply.text(reply.status(), type, reply.text()))
        .orElseGet(() -> Reply.empty(reply.status()));
  }
}
