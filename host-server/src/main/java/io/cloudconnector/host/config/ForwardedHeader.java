package io.cloudconnector.host.config;

/** Where a proxy writes whom it speaks for. */
public enum ForwardedHeader {
  /** Addresses with commas between them; what most proxies write. */
  X_FORWARDED_FOR("X-Forwarded-For"),
  /** RFC 7239. */
  FORWARDED("Forwarded");

  private final String field;

  ForwardedHeader(String field) {
    this.field = field;
  }

  /** The name of the header. */
  public String field() {
    return field;
  }
}
