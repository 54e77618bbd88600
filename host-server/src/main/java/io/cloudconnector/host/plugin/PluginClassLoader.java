package io.cloudconnector.host.plugin;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * One plugin's view of the world: the JDK, the plugin's own jars, and of the host only what a
 * plugin shares with it. The SPI and the logging interface always come from the host;
 * connector-core comes wholly from one side, because class by class it tears (its package-private
 * parts would live in two packages). Resources never come from the host.
 */
final class PluginClassLoader extends URLClassLoader {
  static final String API = "io.cloudconnector.api.";
  static final String LOGGING = "org.slf4j.";
  static final String CORE = "io.cloudconnector.core.";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader host;
  private final boolean bringsCore;

  /**
   * For one plugin.
   *
   * @param bringsCore whether any of its jars holds classes of connector-core
   */
  PluginClassLoader(String name, URL[] jars, ClassLoader host, boolean bringsCore) {
    super(name, jars, ClassLoader.getPlatformClassLoader());
    this.host = host;
    this.bringsCore = bringsCore;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return isTheHosts(name) ? host.loadClass(name) : super.loadClass(name, resolve);
  }

  private boolean isTheHosts(String name) {
    return name.startsWith(API)
        || name.startsWith(LOGGING)
        || (name.startsWith(CORE) && !bringsCore);
  }
}
