package io.cloudconnector.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.Resource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredResourceTest {
  static Stream<Resource> resources() {
    return Stream.of(
        Resource.one("sleep", "7"),
        Resource.one("sleep", "7").hint("parent 9"),
        Resource.all("profile"),
        Resource.range(
            "steps",
            Instant.parse("2026-11-01T00:00:00Z"),
            Instant.parse("2026-11-02T00:00:00.5Z")),
        Resource.days("meals", LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 3)));
  }

  @ParameterizedTest
  @MethodSource("resources")
  void comesBackAsItWas(Resource resource) {
    Resource back = StoredResource.read(StoredResource.of(resource));
    assertThat(back).isEqualTo(resource);
    assertThat(back.hint()).isEqualTo(resource.hint());
  }
}
