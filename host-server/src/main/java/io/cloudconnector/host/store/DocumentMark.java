package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has last been given of a document.
 *
 * @param subject which document; as in events
 * @param content a hash; null where it was told to be gone
 * @param loggedAt when; the epoch where nothing was given yet
 */
public record DocumentMark(
    VendorType vendor, String userId, String subject, @Nullable Bytes content, Instant loggedAt) {}
