package io.cloudconnector.host.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.LoggedEvent;
import io.cloudconnector.host.store.NewEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The official CloudEvents library as an independent judge of ours. */
class CloudEventsTest {
  private static final Instant TIME = Instant.parse("2026-11-01T12:00:00.123Z");

  private static String write(String mediaType, byte[] data, Map<String, String> extras) {
    NewEvent event =
        new NewEvent(
            "id-1",
            "data.updated",
            new VendorType("acme"),
            "ann/1",
            "sleep/7",
            "sleep",
            "7",
            "trace-1",
            "live",
            TIME,
            mediaType,
            Bytes.of(data),
            extras);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonMapper.shared().createGenerator(bytes)) {
      CloudEvents.write(json, new LoggedEvent(42, event));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static CloudEvent read(String json) {
    EventFormat format =
        Objects.requireNonNull(
            EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE));
    return format.deserialize(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isReadByTheOfficialLibrary() {
    CloudEvent event =
        read(write("application/json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8), Map.of()));
    assertThat(event.getId()).isEqualTo("id-1");
    assertThat(event.getSource().toString()).isEqualTo("/connectors/acme");
    assertThat(event.getType()).isEqualTo("data.updated");
    assertThat(event.getSubject()).isEqualTo("sleep/7");
    assertThat(event.getTime()).isEqualTo(TIME.atOffset(ZoneOffset.UTC));
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(event.getExtension("vendor")).isEqualTo("acme");
    assertThat(event.getExtension("userid")).isEqualTo("ann/1");
    assertThat(event.getExtension("resourcetype")).isEqualTo("sleep");
    assertThat(event.getExtension("resourceid")).isEqualTo("7");
    assertThat(event.getExtension("traceid")).isEqualTo("trace-1");
    assertThat(event.getExtension("lane")).isEqualTo("live");
  }

  @Test
  void keepsEveryDigitAndEveryBlankOfTheVendorsDocument() {
    String document =
        "{ \"a\" : 0.1000,\"b\":18446744073709551617, \"c\":1.0E+2,\n\"é\":\"\\u00e9\" }";
    String json = write("application/json", document.getBytes(StandardCharsets.UTF_8), Map.of());
    assertThat(json).contains("\"data\":" + document);
  }

  @Test
  void carriesOtherKindsAsBase64() {
    CloudEvent event = read(write("application/fit", new byte[] {0, 1, (byte) 0xff}, Map.of()));
    assertThat(Objects.requireNonNull(event.getData()).toBytes())
        .isEqualTo(new byte[] {0, 1, (byte) 0xff});
  }

  @Test
  void handsTheVendorsExtrasOnButNeverInPlaceOfItsOwn() {
    CloudEvent event =
        read(
            write(
                "application/json",
                "{}".getBytes(StandardCharsets.UTF_8),
                Map.of("region", "eu", "userid", "mallory", "id", "x")));
    assertThat(event.getExtension("region")).isEqualTo("eu");
    assertThat(event.getExtension("userid")).isEqualTo("ann/1");
    assertThat(event.getId()).isEqualTo("id-1");
  }
}
