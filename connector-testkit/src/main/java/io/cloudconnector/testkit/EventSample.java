package io.cloudconnector.testkit;

import io.cloudconnector.api.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A webhook's JSON body as the vendor sends it, and what is known of it. Immutable. */
public final class EventSample {
  private final byte[] body;
  private final List<String> required;
  private final List<String> ids;
  private final Optional<Told> told;

  /** What the body's first event says. */
  record Told(String accountId, Resource resource) {}

  private EventSample(byte[] body, List<String> required, List<String> ids, Optional<Told> told) {
    this.body = body;
    this.required = List.copyOf(required);
    this.ids = List.copyOf(ids);
    this.told = told;
  }

  public static EventSample of(String json) {
    return new EventSample(
        json.getBytes(StandardCharsets.UTF_8), List.of(), List.of(), Optional.empty());
  }

  /**
   * JSON pointers of texts and ids that must be there. Each in turn is left out, and replaced by
   * {@code null}, {@code true}, <code>[]</code>, <code>{}</code> and {@code 1.5}: all must be
   * refused. Not for arrays, objects, numbers and flags.
   */
  public EventSample requires(String... pointers) {
    return new EventSample(body, List.of(pointers), ids, told);
  }

  /** JSON pointers of what ends in a URL path: types and ids of resources. */
  public EventSample pathIds(String... pointers) {
    return new EventSample(body, required, List.of(pointers), told);
  }

  /** What the body's first event says. */
  public EventSample tells(String accountId, Resource resource) {
    return new EventSample(body, required, ids, Optional.of(new Told(accountId, resource)));
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

  Optional<Told> told() {
    return told;
  }

  @Override
  public String toString() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
