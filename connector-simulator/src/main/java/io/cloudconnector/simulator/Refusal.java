package io.cloudconnector.simulator;

/** Thrown inside a route to answer with an error at once. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient SimulatedReply reply;

  public Refusal(SimulatedReply reply) {
    super("refused with status " + reply.status(), null, false, false);
    this.reply = reply;
  }

  /** What goes to the client. */
  public SimulatedReply reply() {
    return reply;
  }
}
