package io.cloudconnector.host.acme;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorApiException;

/** Ways in which a careless connector tells what it should not. */
final class Slips {
  static final int KINDS = 9;

  private Slips() {}

  /** Throws something that says the words. */
  static RuntimeException slip(int kind, String words) {
    return switch (kind % KINDS) {
      case 0 -> new IllegalStateException(words, new IllegalArgumentException("cause: " + words));
      case 1 -> new IllegalArgumentException("unexpected: " + words);
      case 2 -> new VendorApiException("the vendor said: " + words, 500);
      case 3 -> new OAuthException("refused: {\"access_token\":\"" + words + "\"}");
      case 4 -> new RateLimitException("Bearer " + words);
      case 5 -> new ConnectorException(words, new IllegalStateException(words));
      case 6 -> new TokenException("dead: " + words);
      case 7 -> throw new AssertionError(words);
      default -> throw new NoSuchMethodError(words);
    };
  }
}
