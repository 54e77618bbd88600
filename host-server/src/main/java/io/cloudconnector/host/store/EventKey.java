package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;

/** An event's place in the log, and the connection that it is about. */
public record EventKey(long seq, VendorType vendor, String userId) {}
