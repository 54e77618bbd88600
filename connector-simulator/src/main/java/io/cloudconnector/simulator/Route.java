package io.cloudconnector.simulator;

/** Answers the requests of one path. Called by many threads at once. */
@FunctionalInterface
public interface Route {
  /**
   * The answer to a request.
   *
   * @throws Refusal to answer with the refusal's reply instead
   */
  SimulatedReply answer(SimulatedRequest request);
}
