/**
 * Vendor clouds over real HTTP, to test and demonstrate against, and the parts to build one's own
 * from: a server with routes, an OAuth server, limits, signed webhooks, and faults of all of them.
 *
 * <p><b>To build one</b>, take {@code io.cloudconnector:connector-simulator} as a dependency with
 * the scope {@code test}, and extend {@link io.cloudconnector.simulator.SimulatedVendor}:
 *
 * <pre>{@code
 * public final class AcmeCloud extends SimulatedVendor {
 *   public AcmeCloud(InstantSource clock) {
 *     super(
 *         "acme",
 *         Map.of("base", "/api", "auth", "/authorize", "token", "/token"),
 *         hmac -> (body, at) -> Map.of("X-Acme-Signature", hex(hmac.of(body))),
 *         clock);
 *     server().filter("/api/", new SimulatedLimits(clock, new Limit(60, Duration.ofMinutes(1))));
 *     server().route("GET", "/api/steps/{day}", this::steps);
 *   }
 *
 *   private SimulatedReply steps(SimulatedRequest request) {
 *     return request
 *         .bearerToken()
 *         .flatMap(oauth()::holder)
 *         .map(holder -> SimulatedReply.json(200, steps(holder.accountId(), request.part("day"))))
 *         .orElseGet(() -> SimulatedReply.empty(401));
 *   }
 *
 *   public String addPerson() { … oauth().addAccount(account); … }
 *   public List<Delivery> makeChange() { … return webhooks().send(eventId, json); }
 * }
 * }</pre>
 *
 * <p><b>To use it</b>, {@code start()} it, give its {@code connectorSettings()} to the connector
 * ({@code FakeConfig.with} of connector-testkit, or the file of a host), and point {@code
 * sendWebhooksTo} at the host's address ({@code FakeAddress}). {@link
 * io.cloudconnector.simulator.RequestLog} and {@link io.cloudconnector.simulator.Delivery} tell a
 * test what happened. A cloud with a constructor without arguments that is named in {@code
 * META-INF/services/io.cloudconnector.simulator.SimulatedCloud} is found by the host's {@code demo}
 * command.
 *
 * <p><b>To let it go wrong</b>:
 *
 * <table>
 *   <caption>What goes wrong, and by what</caption>
 *   <tr><th>fault</th><th>by</th></tr>
 *   <tr><td>429, with and without Retry-After</td><td>{@code faults().on("/api/")} with {@code
 *       Fault.tooManyRequests}; or {@code SimulatedLimits.set} and {@code sayRetryAfter}</td></tr>
 *   <tr><td>refresh tokens that serve once</td><td>always so; {@code reuseEndsGrant} ends the whole
 *       grant when one comes twice</td></tr>
 *   <tr><td>dead tokens</td><td>{@code oauth().revoke}, {@code expireAccessTokens}, {@code
 *       Fault.invalidGrant}</td></tr>
 *   <tr><td>200 with an error inside</td><td>{@code Fault.errorInside200}; {@code Fault.answer} for
 *       the vendor's own form</td></tr>
 *   <tr><td>half a page</td><td>{@code Fault.CutBody}: half as if it were all; {@code
 *       Fault.HalfBody}: the connection ends in the middle</td></tr>
 *   <tr><td>slow and dropped connections</td><td>{@code Fault.Slow}, {@code Fault.Trickle}, {@code
 *       Fault.Drop}, {@code Fault.LateSuccess}</td></tr>
 *   <tr><td>webhooks twice, late, out of order, lost, forged, old, large</td><td>{@code
 *       webhooks().misbehave} with a {@link io.cloudconnector.simulator.Mischief}</td></tr>
 * </table>
 *
 * <p>It is a module of its own, and not a part of the testkit, because the host's {@code demo} runs
 * it outside of tests, because it needs a web server, and because it must know nothing of what it
 * tests: with code in common, both sides would be wrong together.
 */
@NullMarked
package io.cloudconnector.simulator;

import org.jspecify.annotations.NullMarked;
