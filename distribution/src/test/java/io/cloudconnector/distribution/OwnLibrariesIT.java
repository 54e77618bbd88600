package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.whoop.WhoopChange;
import io.cloudconnector.simulator.whoop.WhoopCloud;
import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.PackageVersion;
import tools.jackson.databind.JsonNode;

/**
 * A folder with a connector, another connector-core and another Jackson, beside WHOOP's thin jar.
 */
class OwnLibrariesIT extends PluginTest {
  @Test
  void pluginUsesItsOwnLibrariesAndLeavesTheOthersTheirs() throws IOException {
    Path sample = Path.of(Distribution.property("own.libraries"));
    distribution.plug(sample);
    try (WhoopCloud whoop = new WhoopCloud()) {
      whoop.start();
      WhoopPerson person = whoop.person(whoop.addPerson());
      whoop.sendWebhooksTo(url.resolve("/webhooks/whoop"));
      serve(
          Map.of("required", List.of("acme", "whoop")),
          Map.of("acme", acme.connectorSettings(), "whoop", onlyWebhooks(whoop)));
      link("whoop");

      JsonNode walk = walkThatArrives();
      WhoopChange workout = person.newWorkout();

      // The host and this test have the same Jackson.
      assertThat(walk.path("jackson").asString())
          .startsWith("3.")
          .isNotEqualTo(PackageVersion.VERSION.toString());
      assertThat(walk.path("core").asString())
          .isEqualTo("another core, of " + sample.getFileName());
      assertAcknowledged(workout.deliveries());
      assertArrives(new String(person.document("workout", workout.id()), StandardCharsets.UTF_8));
    }
  }
}
