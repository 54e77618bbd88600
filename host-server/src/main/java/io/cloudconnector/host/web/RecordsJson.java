package io.cloudconnector.host.web;

import io.cloudconnector.api.VendorData;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Several documents in one answer, each as the vendor sent it; what is no JSON as Base64. */
final class RecordsJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private RecordsJson() {}

  /**
   * An object whose {@code records} they are.
   *
   * @param rest its other members, each after a comma
   */
  static byte[] of(List<VendorData> documents, String rest) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    write(json, "{\"records\":[");
    String joint = "";
    for (VendorData document : documents) {
      write(json, joint);
      json.writeBytes(value(document));
      joint = ",";
    }
    write(json, "]" + rest + "}");
    return json.toByteArray();
  }

  private static byte[] value(VendorData document) {
    return document.mediaType().equals(VendorData.JSON)
        ? document.bytes()
        : JSON.writeValueAsBytes(
            Map.of(
                "mediaType",
                document.mediaType(),
                "base64",
                Base64.getEncoder().encodeToString(document.bytes())));
  }

  private static void write(ByteArrayOutputStream json, String text) {
    json.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
