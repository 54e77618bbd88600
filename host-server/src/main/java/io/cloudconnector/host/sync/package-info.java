/** What runs by the clock, and the jobs that clear away what has served its time. */
@NullMarked
package io.cloudconnector.host.sync;

import org.jspecify.annotations.NullMarked;
