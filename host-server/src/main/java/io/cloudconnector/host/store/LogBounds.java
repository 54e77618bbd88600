package io.cloudconnector.host.store;

/**
 * Where the event log begins and ends. Neither ever falls back.
 *
 * @param purgedTo events up to this number are forgotten: who has not read so far has missed some
 * @param last the newest number, also when its event is forgotten; 0 while nothing was logged
 */
public record LogBounds(long purgedTo, long last) {
  static LogBounds of(long purgedTo, long newest) {
    return new LogBounds(purgedTo, Math.max(purgedTo, newest));
  }
}
