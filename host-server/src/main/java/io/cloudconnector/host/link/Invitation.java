package io.cloudconnector.host.link;

import java.net.URI;
import java.time.Instant;

/** A link for a person to open: good until then, and for one account. */
public record Invitation(URI linkUrl, Instant expiresAt) {}
