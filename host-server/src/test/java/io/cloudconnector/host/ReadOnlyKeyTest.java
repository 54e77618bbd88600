package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over every operation that the description has below {@code /v1}. */
final class ReadOnlyKeyTest {
  @Test
  void noOperationIsServedWithoutAKeyAndNoneThatChangesAnythingToAReadOnlyKey(
      @TempDir Path folder) {
    try (RunningHost host = new RunningHost(TestDatabase.SQLITE, folder)) {
      Set<String> operations =
          host.description.operations().stream()
              .filter(operation -> operation.contains(" /v1/"))
              .collect(Collectors.toSet());
      assertThat(operations).hasSizeGreaterThan(20);
      for (String operation : operations) {
        String[] words = operation.replaceAll("\\{[^}]*}", "1").split(" ", -1);
        assertThat(sent(host.api().withoutKey(), words)).as(operation).isEqualTo("unauthorized");
        if (!words[0].equals("GET")) {
          Api dashboard = host.api().withKey(RunningHost.READ_ONLY_KEY);
          assertThat(sent(dashboard, words)).as(operation).isEqualTo("read-only-key");
        }
      }
    }
  }

  private static String sent(Api api, String[] words) {
    return api.send(api.request(words[1]).method(words[0], BodyPublishers.noBody())).problem();
  }
}
