package io.cloudconnector.simulator.whoop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** Judges documents by schemas written after WHOOP's OpenAPI document. */
final class WhoopSchemas {
  private static final String BASE = "https://schemas.test/whoop/";

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaIdResolvers(ids -> ids.mapPrefix(BASE, "classpath:schemas/whoop/")));

  /** What is wrong with a document; empty when nothing is. */
  List<String> faults(String schema, byte[] document) {
    return registry
        .getSchema(SchemaLocation.of(BASE + schema + ".json"))
        .validate(
            new String(document, UTF_8),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }
}
