package io.cloudconnector.host.store;

/**
 * A connection whose credentials are to be refreshed.
 *
 * @param credentialsVersion of those that are; others are not due
 */
public record DueRefresh(String userId, long credentialsVersion) {}
