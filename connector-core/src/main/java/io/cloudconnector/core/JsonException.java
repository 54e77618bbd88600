package io.cloudconnector.core;

/**
 * A document is not JSON, or not of the expected form. The message names the place, as a byte
 * offset or an RFC 6901 pointer, and never what stands there.
 */
public final class JsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message);
  }
}
