/**
 * Where everything durable lives: connections, links, the inbox, the event log, limits. One class
 * per table over SQLite or PostgreSQL; the differences between the two stand in {@link
 * io.cloudconnector.host.store.Dialect} alone.
 */
@NullMarked
package io.cloudconnector.host.store;

import org.jspecify.annotations.NullMarked;
