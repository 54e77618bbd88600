/**
 * What runs by the clock: revocations that are due, and the clearing away of what has served its
 * time.
 */
@NullMarked
package io.cloudconnector.host.sync;

import org.jspecify.annotations.NullMarked;
