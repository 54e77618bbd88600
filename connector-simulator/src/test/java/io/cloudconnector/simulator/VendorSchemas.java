package io.cloudconnector.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** Judges documents by schemas written after a vendor's OpenAPI document. */
public final class VendorSchemas {
  private final String base;
  private final SchemaRegistry registry;

  /**
   * @param vendor names the folder of the schemas
   */
  public VendorSchemas(String vendor) {
    base = "https://schemas.test/" + vendor + "/";
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder.schemaIdResolvers(
                    ids -> ids.mapPrefix(base, "classpath:schemas/" + vendor + "/")));
  }

  /** What is wrong with a document; empty when nothing is. */
  public List<String> faults(String schema, byte[] document) {
    return faults(registry.getSchema(SchemaLocation.of(base + schema + ".json")), document);
  }

  /** What is wrong with a list; its envelope has a schema too, in which the items are data. */
  public List<String> listFaults(String items, byte[] document) {
    String list =
        """
        {
          "$ref": "%slist.json",
          "properties": { "data": { "items": { "$ref": "%s%s.json" } } }
        }
        """
            .formatted(base, base, items);
    return faults(registry.getSchema(list, InputFormat.JSON), document);
  }

  private static List<String> faults(Schema schema, byte[] document) {
    return schema
        .validate(
            new String(document, UTF_8),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }
}
