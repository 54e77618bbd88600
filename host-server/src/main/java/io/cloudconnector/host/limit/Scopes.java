package io.cloudconnector.host.limit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Names of what is counted together: the application's calls, and each person's. */
final class Scopes {
  static final String APPLICATION = "app";

  private Scopes() {}

  static String of(String userId) {
    return "user:" + userId;
  }

  static String of(boolean perConnection, Optional<String> userId) {
    return perConnection ? userId.map(Scopes::of).orElse(APPLICATION) : APPLICATION;
  }

  /** Everything that may stop a call. */
  static List<String> around(Optional<String> userId) {
    return Stream.concat(Stream.of(APPLICATION), userId.map(Scopes::of).stream()).toList();
  }
}
