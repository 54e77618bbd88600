/**
 * What a connector is tested with: {@link io.cloudconnector.testkit.ConnectorContract}, which a
 * connector's test extends, and fakes of the host and of a vendor for tests of its own. Published
 * for third parties; made for tests only.
 */
@NullMarked
package io.cloudconnector.testkit;

import org.jspecify.annotations.NullMarked;
