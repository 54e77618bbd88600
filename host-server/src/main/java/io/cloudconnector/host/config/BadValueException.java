package io.cloudconnector.host.config;

/** A value is not what its key takes. The message never quotes it: it may be a secret. */
public final class BadValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String suggestion;

  BadValueException(String what, String suggestion) {
    super(what);
    this.what = what;
    this.suggestion = suggestion;
  }

  /** What is wrong, as the end of a sentence that begins with the key. */
  public String what() {
    return what;
  }

  /** What to do about it, in words to an operator. */
  public String suggestion() {
    return suggestion;
  }
}
