package io.cloudconnector.api;

import java.util.regex.Pattern;

/**
 * The name of a wearable cloud, such as {@code whoop}. An open value: a third party's connector
 * brings its own name and needs no change of this type. Immutable.
 *
 * @param name lower-case letters and digits, starting with a letter, at most 32 characters; it
 *     stands in URLs, configuration keys and events
 */
public record VendorType(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,31}");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when the name is not of the stated form
   */
  public VendorType {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is no vendor name: use 1 to 32 of a-z and 0-9, starting with a letter");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
