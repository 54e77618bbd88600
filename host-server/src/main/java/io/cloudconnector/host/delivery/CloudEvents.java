package io.cloudconnector.host.delivery;

import io.cloudconnector.api.VendorData;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.LoggedEvent;
import io.cloudconnector.host.store.NewEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as CloudEvents 1.0 JSON objects (the structured mode of its JSON format). Vendors' JSON
 * stands in {@code data} byte for byte, so every digit of every number is kept; what is not JSON
 * goes into {@code data_base64}.
 */
public final class CloudEvents {
  /** Names that a vendor's extras cannot take. */
  private static final Set<String> TAKEN =
      Set.of(
          "specversion",
          "id",
          "source",
          "type",
          "subject",
          "time",
          "datacontenttype",
          "dataschema",
          "data",
          "vendor",
          "userid",
          "resourcetype",
          "resourceid",
          "traceid",
          "lane");

  private static final JsonMapper JSON = JsonMapper.shared();

  private CloudEvents() {}

  /** One event as a document of its own. */
  public static byte[] json(LoggedEvent logged) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      write(json, logged);
    }
    return bytes.toByteArray();
  }

  /** Writes one event as one object. */
  public static void write(JsonGenerator json, LoggedEvent logged) {
    NewEvent event = logged.event();
    json.writeStartObject();
    json.writeStringProperty("specversion", "1.0");
    json.writeStringProperty("id", event.id());
    json.writeStringProperty("source", "/connectors/" + event.vendor());
    json.writeStringProperty("type", event.type());
    json.writeStringProperty("subject", event.subject());
    json.writeStringProperty("time", event.time().toString());
    json.writeStringProperty("vendor", event.vendor().name());
    json.writeStringProperty("userid", event.userId());
    optional(json, "resourcetype", event.resourceType());
    optional(json, "resourceid", event.resourceId());
    optional(json, "traceid", event.traceId());
    optional(json, "lane", event.lane());
    event.attributes().forEach((name, value) -> extra(json, name, value));
    data(json, event.mediaType(), event.data());
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static void extra(JsonGenerator json, String name, String value) {
    if (!TAKEN.contains(name)) {
      json.writeStringProperty(name, value);
    }
  }

  private static void data(JsonGenerator json, @Nullable String mediaType, @Nullable Bytes data) {
    if (mediaType == null || data == null) {
      return;
    }
    json.writeStringProperty("datacontenttype", mediaType);
    if (mediaType.equals(VendorData.JSON)) {
      json.writeName("data");
      json.writeRawValue(new String(data.toArray(), StandardCharsets.UTF_8));
    } else {
      json.writeStringProperty("data_base64", Base64.getEncoder().encodeToString(data.toArray()));
    }
  }
}
