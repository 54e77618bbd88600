package io.cloudconnector.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One notice out of a webhook request: a statement about one account, and what identifies the
 * notice itself. Made by connectors; immutable, each wither returns a copy.
 */
public final class WebhookEvent {
  private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-z0-9]{0,19}");

  private final Notice notice;
  private final Optional<String> traceId;
  private final Optional<String> dedupeKey;
  private final Optional<String> vendorType;
  private final Map<String, String> attributes;

  private WebhookEvent(
      Notice notice,
      Optional<String> traceId,
      Optional<String> dedupeKey,
      Optional<String> vendorType,
      Map<String, String> attributes) {
    this.notice = notice;
    this.traceId = traceId;
    this.dedupeKey = dedupeKey;
    this.vendorType = vendorType;
    this.attributes = Map.copyOf(attributes);
  }

  private static WebhookEvent of(Notice notice) {
    return new WebhookEvent(notice, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
  }

  /** Something was made or changed; the host fetches it. */
  public static WebhookEvent changed(String accountId, Resource resource) {
    return of(new Notice.Changed(account(accountId), resource));
  }

  /** Something was deleted. From a signed vendor this is believed without asking. */
  public static WebhookEvent deleted(String accountId, Resource resource) {
    return of(new Notice.Deleted(account(accountId), resource));
  }

  /** The notice carries the document itself; nothing is fetched. */
  public static WebhookEvent carried(String accountId, VendorData data) {
    return of(new Notice.Carried(account(accountId), data));
  }

  /** The person withdrew our access at the vendor. */
  public static WebhookEvent accessWithdrawn(String accountId) {
    return of(new Notice.AccessWithdrawn(account(accountId)));
  }

  /**
   * One item of a batch that cannot be read; it goes to quarantine and the others go on.
   *
   * @param where such as a JSON pointer into the body
   * @param why in words, without data from the item
   */
  public static WebhookEvent unreadable(String where, String why) {
    return of(new Notice.Unreadable(where, why));
  }

  private static String account(String accountId) {
    return OutsideText.line("account id", 256, accountId);
  }

  /**
   * The vendor's own id of this delivery. Where there is none, the host mints one.
   *
   * @throws IllegalArgumentException when it is empty, longer than 256 characters, or has control
   *     or half characters
   */
  public WebhookEvent traceId(String id) {
    return new WebhookEvent(
        notice,
        Optional.of(OutsideText.line("trace id", 256, id)),
        dedupeKey,
        vendorType,
        attributes);
  }

  /**
   * What is equal exactly when the vendor tells the same thing again: a second notice with the same
   * key is dropped. Only from parts that differ between two real changes; a vendor that gives no
   * such part gets no key at all, and nothing is ever swallowed.
   *
   * @throws IllegalArgumentException when there is no part: all notices would be one; or when one
   *     has half a character, which could not be told from another half
   */
  public WebhookEvent dedupeKey(String... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException(
          "a dedupe key has at least one part; leave it out where the vendor gives none");
    }
    StringBuilder key = new StringBuilder();
    for (String part : parts) {
      // The length makes the joint unambiguous: ("a", "bc") and ("ab", "c") differ.
      key.append(part.length()).append(':').append(OutsideText.whole("dedupe key", part));
    }
    return new WebhookEvent(notice, traceId, Optional.of(key.toString()), vendorType, attributes);
  }

  /**
   * The vendor's own word for this kind of notice, such as {@code sleep.updated}; for logs.
   *
   * @throws IllegalArgumentException when it is empty, longer than 256 characters, or has control
   *     or half characters
   */
  public WebhookEvent vendorType(String text) {
    String type = OutsideText.line("vendor type", 256, text);
    return new WebhookEvent(notice, traceId, dedupeKey, Optional.of(type), attributes);
  }

  /**
   * Something more that the vendor says, handed to the operator with the event.
   *
   * @param name lower-case letters and digits, at most 20 (the rule of CloudEvents 1.0 for
   *     extension attributes)
   * @param text 1 to 1024 characters, no control or half characters
   * @throws IllegalArgumentException when either is anything else
   */
  public WebhookEvent attribute(String name, String text) {
    if (!ATTRIBUTE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no attribute name: use 1 to 20 of a-z and 0-9, starting with a letter");
    }
    Map<String, String> more = new LinkedHashMap<>(attributes);
    more.put(name, OutsideText.line("attribute " + name, 1024, text));
    return new WebhookEvent(notice, traceId, dedupeKey, vendorType, more);
  }

  public Notice notice() {
    return notice;
  }

  public Optional<String> traceId() {
    return traceId;
  }

  public Optional<String> dedupeKey() {
    return dedupeKey;
  }

  public Optional<String> vendorType() {
    return vendorType;
  }

  public Map<String, String> attributes() {
    return attributes;
  }

  /** Names the notice and its ids, never carried data. */
  @Override
  public String toString() {
    return notice + traceId.map(id -> " trace " + id).orElse("");
  }
}
