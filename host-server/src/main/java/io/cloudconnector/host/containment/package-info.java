/**
 * What keeps a connector's faults its own: every call from the host into one goes through {@link
 * io.cloudconnector.host.containment.ContainedConnector}, which bounds it in time and number, gives
 * it the plugin's class loader, and turns whatever is thrown into that connector's failure.
 */
@NullMarked
package io.cloudconnector.host.containment;

import org.jspecify.annotations.NullMarked;
