package io.cloudconnector.host.containment;

import java.util.List;

/** How a connector bears up. Immutable. */
public sealed interface ConnectorHealth {
  /** Nothing to tell. */
  record Well() implements ConnectorHealth {}

  /**
   * It fails over and over, by a fault of its own.
   *
   * @param calls the methods that do
   */
  record Failing(List<String> calls) implements ConnectorHealth {
    public Failing {
      calls = List.copyOf(calls);
    }
  }

  /**
   * It is not called any more until the host is started again.
   *
   * @param why what it did
   */
  record Off(String why) implements ConnectorHealth {}
}
