package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.JsonText;
import java.util.List;
import java.util.Set;

/** Who a person is. Whoever has no scope for a field reads null there; the id is for everybody. */
record PersonalInfo(String id, String age, String weight, String height, String sex, String email) {
  static PersonalInfo of(String id, Measures measures) {
    return new PersonalInfo(
        id,
        measures.whole(19, 71),
        measures.decimal(48, 104),
        measures.decimal(1.5, 1.99),
        measures.oneOf(List.of("male", "female")),
        "ring." + id.substring(2, 10) + "@example.com");
  }

  byte[] seenWith(Set<String> scopes) {
    JsonText json = JsonText.object().text("id", id);
    if (scopes.contains("personal")) {
      json.number("age", age)
          .number("weight", weight)
          .number("height", height)
          .text("biological_sex", sex);
    } else {
      json.nothing("age").nothing("weight").nothing("height").nothing("biological_sex");
    }
    return (scopes.contains("email") ? json.text("email", email) : json.nothing("email"))
        .bytes(JsonText.Spacing.SPACED);
  }

  @Override
  public String toString() {
    return "PersonalInfo[" + id + "]";
  }
}
