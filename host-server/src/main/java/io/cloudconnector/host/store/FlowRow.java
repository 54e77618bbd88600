package io.cloudconnector.host.store;

import java.time.Instant;

/**
 * One walk through a vendor's consent page, started from a link.
 *
 * @param stateHash the hash of the {@code state} that the vendor hands back
 * @param tokenHash the link that this walk belongs to
 * @param browserHash the hash of the cookie that binds the walk to one browser
 * @param secrets sealed: the code verifier and the like
 */
public record FlowRow(
    String stateHash,
    String tokenHash,
    String browserHash,
    Bytes secrets,
    Instant createdAt,
    Instant expiresAt) {}
