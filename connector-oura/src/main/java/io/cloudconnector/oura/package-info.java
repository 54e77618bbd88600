/**
 * The connector for the Oura cloud, API v2. {@link io.cloudconnector.oura.OuraConnector} tells what
 * is peculiar to this vendor.
 */
@NullMarked
package io.cloudconnector.oura;

import org.jspecify.annotations.NullMarked;
