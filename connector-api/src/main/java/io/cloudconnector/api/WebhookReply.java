package io.cloudconnector.api;

import java.util.Optional;

/** What a vendor's webhook request is answered with. Immutable. */
public final class WebhookReply {
  private final int status;
  private final Optional<String> mediaType;
  private final String text;

  private WebhookReply(int status, Optional<String> mediaType, String text) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("no HTTP status to answer with: " + status);
    }
    this.status = status;
    this.mediaType = mediaType;
    this.text = text;
  }

  /** A reply without a body. */
  public static WebhookReply status(int status) {
    return new WebhookReply(status, Optional.empty(), "");
  }

  /** A reply with a JSON body. */
  public static WebhookReply json(int status, String text) {
    return new WebhookReply(status, Optional.of("application/json"), text);
  }

  /** A reply with a plain text body. */
  public static WebhookReply text(int status, String text) {
    return new WebhookReply(status, Optional.of("text/plain; charset=utf-8"), text);
  }

  public int status() {
    return status;
  }

  public Optional<String> mediaType() {
    return mediaType;
  }

  /** The body, empty where there is none. */
  public String text() {
    return text;
  }
}
