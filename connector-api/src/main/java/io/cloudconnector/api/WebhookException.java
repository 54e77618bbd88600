package io.cloudconnector.api;

/** A webhook request that is not taken, and the HTTP status that tells the vendor so. */
public class WebhookException extends ConnectorException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * With a status of the connector's own choice.
   *
   * @param status 400 to 599
   * @throws IllegalArgumentException when it is another, which would tell the vendor that the
   *     request was taken
   */
  public WebhookException(int status, String message) {
    super(message);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(
          "status " + status + " refuses no webhook: use 400 to 599");
    }
    this.status = status;
  }

  /** Not proven to be from the vendor: 401. */
  public static WebhookException refused(String why) {
    return new WebhookException(401, why);
  }

  /** Not readable: 400. The raw request is kept in quarantine. */
  public static WebhookException malformed(String why) {
    return new WebhookException(400, why);
  }

  /** Cannot be judged or stored at this time: 503, so that the vendor sends it again. */
  public static WebhookException unavailable(String why) {
    return new WebhookException(503, why);
  }

  public int status() {
    return status;
  }
}
