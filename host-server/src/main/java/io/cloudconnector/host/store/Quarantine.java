package io.cloudconnector.host.store;

/** An unreadable request with the id by which an operator names it. */
public record Quarantine(long id, NewQuarantine request) {}
