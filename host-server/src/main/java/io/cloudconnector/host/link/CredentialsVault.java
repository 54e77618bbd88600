package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Secret;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.vault.Vault;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Credentials as the database holds them: sealed, and bound to their grant. Thread-safe. */
public final class CredentialsVault {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Vault vault;

  public CredentialsVault(Vault vault) {
    this.vault = vault;
  }

  /** Seals credentials for the row of this grant. */
  public Bytes seal(Grant grant, Credentials credentials) {
    ObjectNode json = JSON.createObjectNode();
    json.put("access", credentials.accessToken().reveal());
    credentials.refreshToken().ifPresent(token -> json.put("refresh", token.reveal()));
    credentials.accessUntil().ifPresent(end -> json.put("accessUntil", end.toEpochMilli()));
    credentials.refreshUntil().ifPresent(end -> json.put("refreshUntil", end.toEpochMilli()));
    ObjectNode extra = json.putObject("extra");
    credentials.extra().forEach(extra::put);
    return Bytes.of(vault.seal(JSON.writeValueAsBytes(json), grant.identity()));
  }

  Credentials open(Grant grant, Bytes sealed) {
    JsonNode json = JSON.readTree(vault.open(sealed.toArray(), grant.identity()));
    Credentials credentials = Credentials.access(Secret.of(json.get("access").asString()));
    if (json.has("refresh")) {
      credentials = credentials.refresh(Secret.of(json.get("refresh").asString()));
    }
    if (json.has("accessUntil")) {
      credentials = credentials.accessUntil(time(json.get("accessUntil")));
    }
    if (json.has("refreshUntil")) {
      credentials = credentials.refreshUntil(time(json.get("refreshUntil")));
    }
    for (var entry : json.get("extra").properties()) {
      credentials = credentials.extra(entry.getKey(), entry.getValue().asString());
    }
    return credentials;
  }

  /** Seals a vendor's answers to a refresh of this grant. */
  Bytes sealReplies(Grant grant, List<KeptReply> replies) {
    return Bytes.of(vault.seal(KeptReply.write(replies), grant.repliesIdentity()));
  }

  List<KeptReply> openReplies(Grant grant, Bytes sealed) {
    return KeptReply.read(vault.open(sealed.toArray(), grant.repliesIdentity()));
  }

  private static Instant time(JsonNode millis) {
    return Instant.ofEpochMilli(millis.asLong());
  }
}
