package io.cloudconnector.host.store;

import org.jspecify.annotations.Nullable;

/**
 * Who does something.
 *
 * @param key the name of the API key it was asked with; null for all who have none
 */
public record Actor(Kind kind, @Nullable String key) {
  /** A person in a browser, who is known by nothing but the link. */
  public static final Actor PERSON = new Actor(Kind.PERSON, null);

  /** The host by itself, or a vendor through it. */
  public static final Actor HOST = new Actor(Kind.HOST, null);

  /** What kind of somebody. Stored by name. */
  public enum Kind {
    KEY,
    PERSON,
    HOST
  }

  public static Actor key(String name) {
    return new Actor(Kind.KEY, name);
  }
}
