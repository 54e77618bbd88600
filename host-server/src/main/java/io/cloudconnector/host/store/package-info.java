/**
 * Where everything durable lives: connections, links, the inbox, the event log, sinks, limits; and
 * the transactions that threads share. Over SQLite or PostgreSQL; the differences between the two
 * stand in {@link io.cloudconnector.host.store.Dialect} alone.
 */
@NullMarked
package io.cloudconnector.host.store;

import org.jspecify.annotations.NullMarked;
