package io.cloudconnector.host.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsJsonTest {
  private static VendorData json(String text) {
    return VendorData.json(Resource.one("run", "7"), text.getBytes(UTF_8));
  }

  private static String of(String rest, VendorData... documents) {
    return new String(RecordsJson.of(List.of(documents), rest), UTF_8);
  }

  @Test
  void vendorsBytesStandInItAsTheyAre() {
    assertThat(of("", json("{ \"pace\": 5.10 }"), json("[1]")))
        .isEqualTo("{\"records\":[{ \"pace\": 5.10 },[1]]}");
    assertThat(of(",\"next\":null")).isEqualTo("{\"records\":[],\"next\":null}");
  }

  @Test
  void aFileAmongTheDocumentsDoesNotBreakThem() {
    VendorData file =
        VendorData.of(Resource.one("run", "7"), "\u0000FIT".getBytes(UTF_8), "application/fit");

    assertThat(of("", json("{}"), file))
        .contains(
            "{\"records\":[{},{", "\"mediaType\":\"application/fit\"", "\"base64\":\"AEZJVA==\"");
  }
}
