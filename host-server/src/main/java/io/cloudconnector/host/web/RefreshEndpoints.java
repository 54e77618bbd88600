package io.cloudconnector.host.web;

import io.cloudconnector.host.link.MassDeathBrake;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Actor;
import java.util.List;

/** Refreshes that were stopped since too many links would have died. */
final class RefreshEndpoints {
  private final RunningConnectors connectors;
  private final MassDeathBrake brake;

  RefreshEndpoints(RunningConnectors connectors, MassDeathBrake brake) {
    this.connectors = connectors;
    this.brake = brake;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/v1/connectors/{vendor}/refreshes/resume", false, this::resume));
  }

  private Reply resume(Exchange exchange) {
    RunningConnector connector = Values.connector(connectors, exchange.path("vendor"));
    if (!brake.resume(Actor.key(exchange.caller()), connector.vendor())) {
      throw new ProblemException(
          409, "not-stopped", "tokens of " + connector.vendor() + " are being refreshed");
    }
    return Reply.empty(202);
  }
}
