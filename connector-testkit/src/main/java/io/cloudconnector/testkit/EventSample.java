package io.cloudconnector.testkit;

import io.cloudconnector.api.Notice;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A webhook's JSON body as the vendor sends it, and what is known of it: above all what it tells,
 * event by event in the body's order. Immutable; withers return copies.
 *
 * <pre>{@code
 * EventSample.of("[{\"user\":\"u1\",\"day\":\"13\"},{\"user\":\"u1\",\"deleted\":\"14\"}]")
 *     .requires("/0/user", "/0/day")
 *     .pathIds("/0/day", "/1/deleted")
 *     .tells("u1", Resource.one("steps", "13"))
 *     .tellsDeleted("u1", Resource.one("steps", "14"))
 * }</pre>
 */
public final class EventSample {
  private final byte[] body;
  private final List<String> required;
  private final List<String> ids;
  private final List<Notice> told;

  private EventSample(byte[] body, List<String> required, List<String> ids, List<Notice> told) {
    this.body = body;
    this.required = List.copyOf(required);
    this.ids = List.copyOf(ids);
    this.told = List.copyOf(told);
  }

  public static EventSample of(String json) {
    return new EventSample(json.getBytes(StandardCharsets.UTF_8), List.of(), List.of(), List.of());
  }

  /**
   * JSON pointers of what must be there. Each in turn is left out, and replaced by whichever of
   * {@code null}, {@code true}, <code>[]</code>, <code>{}</code> and {@code 1.5} is of another
   * kind: all must be refused.
   */
  public EventSample requires(String... pointers) {
    return new EventSample(body, List.of(pointers), ids, told);
  }

  /** JSON pointers of what ends in a URL path: types and ids of resources. */
  public EventSample pathIds(String... pointers) {
    return new EventSample(body, required, List.of(pointers), told);
  }

  /** The body's next event: something was made or changed, and is to be fetched. */
  public EventSample tells(String accountId, Resource resource) {
    return telling(WebhookEvent.changed(accountId, resource));
  }

  /** The body's next event: something was deleted. */
  public EventSample tellsDeleted(String accountId, Resource resource) {
    return telling(WebhookEvent.deleted(accountId, resource));
  }

  /** The body's next event: a document that came with it, byte for byte. */
  public EventSample tellsCarried(String accountId, VendorData data) {
    return telling(WebhookEvent.carried(accountId, data));
  }

  /** The body's next event: the person withdrew our access. */
  public EventSample tellsAccessWithdrawn(String accountId) {
    return telling(WebhookEvent.accessWithdrawn(accountId));
  }

  private EventSample telling(WebhookEvent event) {
    List<Notice> more = new ArrayList<>(told);
    more.add(event.notice());
    return new EventSample(body, required, ids, more);
  }

  byte[] body() {
    return body.clone();
  }

  List<String> required() {
    return required;
  }

  List<String> pathIds() {
    return ids;
  }

  /** Every event of the body. */
  List<Notice> told() {
    return told;
  }

  @Override
  public String toString() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
