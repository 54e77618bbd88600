package io.cloudconnector.host.config;

import io.cloudconnector.api.Secret;
import java.util.List;

/**
 * Who may call, what encrypts, and where a finished link may lead. Immutable.
 *
 * @param apiKeys at least one
 * @param encryptionKeys at least one; the first encrypts, all decrypt
 * @param allowedReturnUrls empty: no link may name a return address
 */
public record SecuritySettings(
    List<ApiKey> apiKeys, List<Secret> encryptionKeys, List<ReturnUrlPattern> allowedReturnUrls) {
  public SecuritySettings {
    apiKeys = List.copyOf(apiKeys);
    encryptionKeys = List.copyOf(encryptionKeys);
    allowedReturnUrls = List.copyOf(allowedReturnUrls);
  }
}
