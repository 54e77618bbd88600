package io.cloudconnector.host.delivery;

import io.cloudconnector.api.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Standard Webhooks has it: HMAC-SHA256 over id, time and body, once for each secret. */
final class WebhookSignature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";

  private final List<SecretKeySpec> keys;

  WebhookSignature(List<Secret> secrets) {
    this.keys = secrets.stream().map(WebhookSignature::key).toList();
  }

  private static SecretKeySpec key(Secret secret) {
    String base64 = secret.reveal().substring(PREFIX.length());
    return new SecretKeySpec(Base64.getDecoder().decode(base64), ALGORITHM);
  }

  /** The header's value: any one of the signatures will do for who verifies. */
  String header(String id, long epochSecond, byte[] body) {
    byte[] head = (id + "." + epochSecond + ".").getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> "v1," + Base64.getEncoder().encodeToString(signed(key, head, body)))
        .collect(Collectors.joining(" "));
  }

  private static byte[] signed(SecretKeySpec key, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(head);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
