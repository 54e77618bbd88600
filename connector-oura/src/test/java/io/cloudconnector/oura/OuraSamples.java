package io.cloudconnector.oura;

/** Documents, lists and notices as Oura's specification has them, with made-up values. */
final class OuraSamples {
  static final String USER_ID = "6a1f0c2e-user";
  static final String SLEEP_ID = "2-5daccc095220cc5493a4e9c2b681ca941e";

  static final String PERSON =
      """
      {"id":"%s","age":41,"weight":80.50,"height":1.80,"biological_sex":"female","email":null}"""
          .formatted(USER_ID);

  /** A night from the evening of the 13th to the morning of the 14th, which is its day. */
  static final String SLEEP =
      """
      { "id" : "%s", "day" : "2026-01-14", "bedtime_start" : "2026-01-13T22:10:00.000+01:00",\
       "bedtime_end" : "2026-01-14T06:40:00+01:00", "average_breath" : 14.50, "period" : 0,\
       "low_battery_alert" : false, "time_in_bed" : 30600, "type" : "long_sleep" }"""
          .formatted(SLEEP_ID);

  private OuraSamples() {}

  /** A document of a type that is counted by days. */
  static String daily(String id, String day) {
    return "{\"id\":\"%s\",\"day\":\"%s\",\"score\":8.10,\"timestamp\":\"%sT00:00:00+01:00\"}"
        .formatted(id, day, day);
  }

  static String ring(String id) {
    return "{\"id\":\"%s\",\"color\":\"glossy_black\",\"size\":10,\"set_up_at\":null}"
        .formatted(id);
  }

  static String heartrate(String time, int bpm) {
    return "{\"timestamp\":\"%s\",\"bpm\":%d,\"source\":\"awake\"}".formatted(time, bpm);
  }

  static String list(String... rows) {
    return "{\"data\":[" + String.join(",", rows) + "],\"next_token\":null}";
  }

  static String page(String nextToken, String... rows) {
    return "{\"next_token\":\"%s\", \"data\": [ %s ]}"
        .formatted(nextToken, String.join(" , ", rows));
  }

  static String notice(String event, String type, String id) {
    return """
        {"event_type":"%s","data_type":"%s","object_id":"%s",\
        "event_time":"2026-01-14T06:55:31.123456+00:00","user_id":"%s"}"""
        .formatted(event, type, id, USER_ID);
  }

  static String subscription(String id, String callback, String type, String event, String end) {
    return """
        {"id":"%s","callback_url":"%s","event_type":"%s","data_type":"%s","expiration_time":"%s"}"""
        .formatted(id, callback, event, type, end);
  }
}
