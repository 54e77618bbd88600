/**
 * What a connector is tested with. Published for third parties; made for tests only.
 *
 * <ul>
 *   <li>{@link io.cloudconnector.testkit.ConnectorContract}: what the host relies on. A connector's
 *       test extends it and shows samples; what fails says what to do.
 *   <li>{@link io.cloudconnector.testkit.FakeHost}: a connector between a fake host and a {@link
 *       io.cloudconnector.testkit.StubVendor} that answers what a test writes down, for tests of
 *       one's own.
 *   <li>{@link io.cloudconnector.testkit.FakeContext}: the host's side alone, with a clock to set,
 *       settings, state, limits, the host's real HTTP client, and its real way in for webhooks,
 *       which end in memory. {@link io.cloudconnector.testkit.FakeConnection} keeps one person's
 *       tokens.
 *   <li>Before a whole cloud, such as one made with connector-simulator: {@link
 *       io.cloudconnector.testkit.FakeConfig#with} takes its settings, {@link
 *       io.cloudconnector.testkit.FakeBrowser} consents at its page, {@link
 *       io.cloudconnector.testkit.FakeAddress} takes its webhooks.
 * </ul>
 */
@NullMarked
package io.cloudconnector.testkit;

import org.jspecify.annotations.NullMarked;
