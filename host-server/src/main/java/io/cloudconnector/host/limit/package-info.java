/**
 * Keeps within the vendors' limits: counts calls in windows that survive a restart, reserves what a
 * fetch costs before it starts, and obeys a vendor that asks for silence.
 */
@NullMarked
package io.cloudconnector.host.limit;

import org.jspecify.annotations.NullMarked;
