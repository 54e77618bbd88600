package io.cloudconnector.simulator;

/** Stands around routes: lets a request through, refuses it, or adds to its answer. */
@FunctionalInterface
public interface Filter {
  /**
   * The answer to a request.
   *
   * @param next what answers if this filter lets the request through
   */
  SimulatedReply around(SimulatedRequest request, Route next);
}
