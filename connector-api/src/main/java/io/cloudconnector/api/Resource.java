package io.cloudconnector.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What can be fetched for one person: one document, all of a type, or a span of a type. Types and
 * ids often come from a webhook and end in a URL called with the person's token, so both are
 * checked to be one safe path segment. Immutable.
 */
public final class Resource {
  private final String type;
  private final Extent extent;
  private final Optional<String> hint;

  private Resource(String type, Extent extent, Optional<String> hint) {
    this.type = OutsideText.segment("resource type", type);
    this.extent = extent;
    this.hint = hint;
  }

  /**
   * One document.
   *
   * @param type the vendor's own word, such as {@code sleep}
   * @param id the vendor's id of it
   * @throws IllegalArgumentException when type or id is not one safe path segment
   */
  public static Resource one(String type, String id) {
    return new Resource(type, new One(OutsideText.segment("resource id", id)), Optional.empty());
  }

  /**
   * Whatever the vendor gives for a type without an id: a single document such as a profile, or its
   * newest list page.
   */
  public static Resource all(String type) {
    return new Resource(type, new All(), Optional.empty());
  }

  /**
   * The documents of a span of time.
   *
   * @param from inclusive
   * @param to exclusive, after {@code from}
   */
  public static Resource range(String type, Instant from, Instant to) {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a range must end after it begins");
    }
    return new Resource(type, new Span(from, to), Optional.empty());
  }

  /**
   * The documents of whole days in the person's own time zone, which the vendor alone may know.
   *
   * @param first inclusive
   * @param last inclusive, not before {@code first}
   */
  public static Resource days(String type, LocalDate first, LocalDate last) {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException("the last day must not be before the first");
    }
    return new Resource(type, new Days(first, last), Optional.empty());
  }

  /**
   * The same resource with a note to the connector's own fetch, opaque to the host: a URL that came
   * with the notice, a parent's id. It does not take part in equality.
   *
   * @throws IllegalArgumentException when it is empty, longer than 4,096 characters, or has control
   *     characters
   */
  public Resource hint(String text) {
    return new Resource(type, extent, Optional.of(OutsideText.line("hint", 4096, text)));
  }

  public String type() {
    return type;
  }

  /** The id, for a resource made by {@link #one}. */
  public Optional<String> id() {
    return extent instanceof One one ? Optional.of(one.id()) : Optional.empty();
  }

  /** The span, for a resource made by {@link #range}. */
  public Optional<Span> span() {
    return extent instanceof Span span ? Optional.of(span) : Optional.empty();
  }

  /** The days, for a resource made by {@link #days}. */
  public Optional<Days> days() {
    return extent instanceof Days days ? Optional.of(days) : Optional.empty();
  }

  public Optional<String> hint() {
    return hint;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Resource resource
        && type.equals(resource.type)
        && extent.equals(resource.extent);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, extent);
  }

  @Override
  public String toString() {
    return type + extent;
  }

  sealed interface Extent permits One, All, Span, Days {}

  private record One(String id) implements Extent {
    @Override
    public String toString() {
      return "/" + id;
    }
  }

  private record All() implements Extent {
    @Override
    public String toString() {
      return "";
    }
  }

  /** From inclusive, to exclusive, UTC. */
  public record Span(Instant from, Instant to) implements Extent {
    @Override
    public String toString() {
      return "[" + from + ".." + to + ")";
    }
  }

  /** Both inclusive, in the person's own time zone. */
  public record Days(LocalDate first, LocalDate last) implements Extent {
    @Override
    public String toString() {
      return "[" + first + ".." + last + "]";
    }
  }
}
