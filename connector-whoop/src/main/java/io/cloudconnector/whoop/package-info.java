/**
 * The connector for the WHOOP cloud, API v2. {@link io.cloudconnector.whoop.WhoopConnector} tells
 * what is peculiar to this vendor.
 */
@NullMarked
package io.cloudconnector.whoop;

import org.jspecify.annotations.NullMarked;
