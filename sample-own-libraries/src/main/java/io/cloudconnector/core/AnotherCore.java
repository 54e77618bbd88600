package io.cloudconnector.core;

/**
 * What this plugin's connector-core has and the host's has not. It is our own core built from the
 * same sources, and this class in its package makes it another version.
 */
public final class AnotherCore {
  private AnotherCore() {}

  /** Whose class loader it came from, with the rest of core. */
  public static String whose() {
    return "another core, of " + CloudConnectorBase.class.getClassLoader().getName();
  }
}
