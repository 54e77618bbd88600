package io.cloudconnector.api;

/** The host's own way in for webhooks, the same that its webhook address calls. Thread-safe. */
public interface Intake {
  /**
   * Takes one request: handshake, verification, parsing, and storing before the acknowledgement.
   * Never throws for a bad request; the reply says what became of it.
   */
  WebhookReply receive(WebhookRequest request);
}
