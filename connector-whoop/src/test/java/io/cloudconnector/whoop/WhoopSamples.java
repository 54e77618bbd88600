package io.cloudconnector.whoop;

/** Documents and events as WHOOP's pages describe them, with made-up values. */
final class WhoopSamples {
  static final String SLEEP_ID = "5d1f0c1e-7b0a-4c3e-9a51-0f6a2c9b7d10";
  static final String OTHER_SLEEP_ID = "0b7e6a5f-2c4d-4e8f-8b1a-6d5c4b3a2f19";
  static final String WORKOUT_ID = "c2a9e7d4-13b8-4f60-a7c5-9e8d7f6b5a43";
  static final String OTHER_WORKOUT_ID = "71f3b2d0-6c5e-4a98-b0d4-2e1f3c4d5a68";
  static final String NEXT = "MTIzOjEyMzEyMw";
  static final long CYCLE_ID = 1_048_576_001L;
  static final long USER_ID = 9_007_199_254_740_993L;

  static final String PROFILE =
      """
      {"user_id":%d,"email":"made.up@example.com","first_name":"Made","last_name":"Up"}"""
          .formatted(USER_ID);

  static final String BODY =
      """
      { "height_meter" : 1.8288, "weight_kilogram" : 90.71850, "max_heart_rate" : 200 }
      """;

  static final String CYCLE = cycle(CYCLE_ID);

  static final String SLEEP = sleep(SLEEP_ID, "\"cycle_id\":" + CYCLE_ID);

  static final String RECOVERY = recovery(SLEEP_ID);

  /** Not scored yet. */
  static final String WORKOUT = workout(WORKOUT_ID);

  private WhoopSamples() {}

  static String cycle(long id) {
    return """
        {"id":%d,"user_id":%d,"start":"2026-01-14T22:10:00.120Z","timezone_offset":"+01:00",\
        "score_state":"SCORED","score":{"strain":5.295152700,"kilojoule":8288.297}}"""
        .formatted(id, USER_ID);
  }

  static String workout(String id) {
    return """
        {"id":"%s","user_id":%d,"sport_name":"running","score_state":"PENDING_SCORE"}"""
        .formatted(id, USER_ID);
  }

  static String sleep(String cycle) {
    return sleep(SLEEP_ID, cycle);
  }

  static String sleep(String id, String cycle) {
    return """
        {"id":"%s",%s,"user_id":%d,"nap":false,"score_state":"SCORED",\
        "score":{"respiratory_rate":16.11328125}}"""
        .formatted(id, cycle, USER_ID);
  }

  static String recovery(String sleepId) {
    return """
        {"cycle_id":%d,"sleep_id":"%s","user_id":%d,"score_state":"SCORED",\
        "score":{"recovery_score":44,"hrv_rmssd_milli":31.813562000}}"""
        .formatted(CYCLE_ID, sleepId, USER_ID);
  }

  static String list(String record) {
    return "{\"records\":[" + record + "],\"next_token\":\"" + NEXT + "\"}";
  }

  static String lastList(String records) {
    return "{ \"records\" : [ " + records + " ] }";
  }

  static String event(String type, String id) {
    return """
        {"user_id":%d,"id":"%s","type":"%s","trace_id":"e369c784-5100-49e8-8098-75d35c47b31b"}"""
        .formatted(USER_ID, id, type);
  }
}
