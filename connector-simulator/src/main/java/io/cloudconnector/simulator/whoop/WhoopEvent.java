package io.cloudconnector.simulator.whoop;

/**
 * What a webhook tells.
 *
 * @param id of a recovery, that of its sleep
 */
record WhoopEvent(WhoopKind kind, String id, boolean deleted) {
  static WhoopEvent updated(WhoopRecord record) {
    return new WhoopEvent(record.kind(), record.id(), false);
  }

  static WhoopEvent deleted(WhoopRecord record) {
    return new WhoopEvent(record.kind(), record.id(), true);
  }

  String type() {
    return kind.word() + (deleted ? ".deleted" : ".updated");
  }
}
