package io.cloudconnector.host.store;

import java.time.Instant;

/**
 * Nothing is refreshed at a vendor.
 *
 * @param trialAt from when on one link is tried
 * @param trials how many were
 */
public record RefreshStop(Instant stoppedAt, String why, Instant trialAt, int trials) {}
