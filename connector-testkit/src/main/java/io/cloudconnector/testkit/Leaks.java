package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Checks that what went wrong is told without secrets and without what the vendor wrote. */
final class Leaks {
  static final String OLD_ACCESS = "made-up-access-token-old";
  static final String OLD_REFRESH = "made-up-refresh-token-old";
  static final String NEW_ACCESS = "made-up-access-token-new";
  static final String NEW_REFRESH = "made-up-refresh-token-new";
  static final String CODE = "made-up-authorization-code";

  /** Stands in bodies that must not be repeated. */
  static final String MARK = "text-of-the-vendor-not-to-be-repeated";

  private Leaks() {}

  static void assertNone(Throwable thrown, FakeConfig config) {
    for (Throwable link = thrown; link != null; link = link.getCause()) {
      assertThat(link.toString())
          .as("what is told of the failure")
          .doesNotContain(unwanted(config));
      for (Throwable suppressed : link.getSuppressed()) {
        assertNone(suppressed, config);
      }
    }
  }

  private static List<CharSequence> unwanted(FakeConfig config) {
    List<CharSequence> texts =
        new ArrayList<>(List.of(OLD_ACCESS, OLD_REFRESH, NEW_ACCESS, NEW_REFRESH, CODE, MARK));
    config.webhookSecrets().forEach(secret -> texts.add(secret.reveal()));
    config.secrets().forEach(secret -> texts.add(secret.reveal()));
    return texts;
  }
}
