/**
 * The way of an accepted notice: from the inbox through a fetch at the vendor into the event log,
 * one at a time per connection, in the order of acceptance.
 */
@NullMarked
package io.cloudconnector.host.pipeline;

import org.jspecify.annotations.NullMarked;
