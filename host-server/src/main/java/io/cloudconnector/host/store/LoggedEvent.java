package io.cloudconnector.host.store;

/**
 * An event with its place in the log.
 *
 * @param seq grows in the order in which events became visible; has gaps
 */
public record LoggedEvent(long seq, NewEvent event) {}
