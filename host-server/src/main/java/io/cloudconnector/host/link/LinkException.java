package io.cloudconnector.host.link;

/** A link that cannot begin or end well, told so that a person can act on it. */
public final class LinkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String words;

  /**
   * With a code for programs and words for people.
   *
   * @param code stable, lower case with underscores; handed to the application as {@code error}
   * @param message for the person in the browser; no secret, nothing of the vendor's free text
   */
  LinkException(String code, String message) {
    super(message);
    this.code = code;
    this.words = message;
  }

  LinkException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.words = message;
  }

  public String code() {
    return code;
  }

  /** The message, for the person. */
  public String words() {
    return words;
  }
}
