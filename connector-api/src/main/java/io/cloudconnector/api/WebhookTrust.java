package io.cloudconnector.api;

/** How a vendor's webhooks prove where they come from, and so what they may do. */
public enum WebhookTrust {
  /**
   * Each request carries a signature or a token that only the vendor can make. Believed as it is.
   */
  SIGNED,

  /**
   * Nothing but the secrecy of the URL. A change is fetched as usual; a deletion or a withdrawal of
   * access is only a reason to ask the vendor.
   */
  URL_SECRET,

  /** Nothing at all. Treated like {@link #URL_SECRET}. */
  UNSIGNED
}
