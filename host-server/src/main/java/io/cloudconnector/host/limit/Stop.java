package io.cloudconnector.host.limit;

import java.time.Instant;

/** The vendor wants no calls of a scope before a time. */
record Stop(String scope, Instant until) {}
