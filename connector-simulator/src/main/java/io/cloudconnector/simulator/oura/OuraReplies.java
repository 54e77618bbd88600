package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.Refusal;
import io.cloudconnector.simulator.SimulatedReply;
import java.util.List;

/** How Oura says no. Only validation errors have a body, and that in two shapes. */
final class OuraReplies {
  private OuraReplies() {}

  static Refusal refusal(int status) {
    return new Refusal(SimulatedReply.empty(status));
  }

  /** What is wrong with one field, as a list of one. */
  static Refusal invalid(String where, String field, String message, String type) {
    JsonText fault =
        JsonText.object()
            .texts("loc", List.of(where, field))
            .text("msg", message)
            .text("type", type);
    return unprocessable(JsonText.object().objects("detail", List.of(fault)));
  }

  /** What is wrong altogether, as a text. */
  static Refusal invalid(String message) {
    return unprocessable(JsonText.object().text("detail", message));
  }

  private static Refusal unprocessable(JsonText json) {
    return new Refusal(SimulatedReply.json(422, json.toString()));
  }
}
