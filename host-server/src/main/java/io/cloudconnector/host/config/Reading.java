package io.cloudconnector.host.config;

/** Turns the text of a value into what it means. */
@FunctionalInterface
interface Reading<T> {
  /**
   * What the text means.
   *
   * @throws BadValueException when it means nothing
   */
  T of(String text);
}
