package io.cloudconnector.host.store;

/**
 * How commits are shared.
 *
 * @param commits transactions so far
 * @param items what was done in them
 * @param waiting items that wait now
 */
public record GroupCounts(long commits, long items, int waiting) {}
