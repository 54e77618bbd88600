/**
 * How connectors get in: finds plugins, checks them before a class is loaded, keeps their libraries
 * apart, and reports the fate of each.
 */
@NullMarked
package io.cloudconnector.host.plugin;

import org.jspecify.annotations.NullMarked;
