/**
 * Vendor clouds over real HTTP, to test and demonstrate against. A new cloud is put together from
 * the parts here: a server with routes, an OAuth server, limits, a sender of webhooks.
 *
 * <pre>{@code
 * public final class AcmeCloud implements SimulatedCloud {
 *   private final InstantSource clock = InstantSource.system();
 *   private final SimulatedServer server = new SimulatedServer(clock);
 *   private final SimulatedOAuth oauth = new SimulatedOAuth("acme-app", "a secret", clock);
 *   private final WebhookSender webhooks = new WebhookSender(AcmeCloud::sign, clock);
 *
 *   public AcmeCloud() {
 *     oauth.mount(server, "/authorize", "/token");
 *     server.filter("/api/", new SimulatedLimits(clock, new Limit(60, Duration.ofMinutes(1))));
 *     server.route("GET", "/api/steps/{day}", this::steps);
 *   }
 *
 *   private SimulatedReply steps(SimulatedRequest request) {
 *     return request
 *         .bearerToken()
 *         .flatMap(oauth::holder)
 *         .map(holder -> SimulatedReply.json(200, stepsOf(holder.accountId(), request.part("day"))))
 *         .orElseGet(() -> SimulatedReply.empty(401));
 *   }
 *   …
 * }
 * }</pre>
 *
 * <p>The methods of {@link io.cloudconnector.simulator.SimulatedCloud} then take a line or two
 * each. Name the class in {@code META-INF/services/io.cloudconnector.simulator.SimulatedCloud} and
 * the host's {@code demo} command finds it. {@link io.cloudconnector.simulator.Faults} and {@link
 * io.cloudconnector.simulator.Mischief} make the cloud misbehave; {@link
 * io.cloudconnector.simulator.RequestLog} and {@link io.cloudconnector.simulator.Delivery} tell a
 * test what happened.
 */
@NullMarked
package io.cloudconnector.simulator;

import org.jspecify.annotations.NullMarked;
