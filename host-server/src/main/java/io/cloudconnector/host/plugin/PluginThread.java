package io.cloudconnector.host.plugin;

import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Where a plugin runs while it is loaded: a thread of its own, which is left behind when it does
 * not end. A platform thread, since one that spins would take a carrier from all virtual threads.
 */
final class PluginThread {
  private PluginThread() {}

  /**
   * Finds the connectors of a plugin.
   *
   * @throws Refusal when it is given up
   */
  static AnnouncedConnectors load(OpenedPlugin plugin, Patience patience) throws Refusal {
    FutureTask<AnnouncedConnectors> loading =
        new FutureTask<>(() -> AnnouncedConnectors.of(plugin));
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("loading " + plugin.candidate().name())
            .unstarted(loading);
    thread.setContextClassLoader(plugin.classLoader());
    thread.start();
    try {
      if (!patience.outlasts(thread)) {
        throw endless(plugin, thread.getStackTrace());
      }
      return loading.get();
    } catch (ExecutionException e) {
      throw PluginFault.refusal("it cannot be loaded", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while plugins were loaded", e);
    } finally {
      // Interrupts it where it is not done.
      loading.cancel(true);
    }
  }

  private static Refusal endless(OpenedPlugin plugin, StackTraceElement[] stack) {
    String loader = plugin.candidate().name();
    String where =
        Arrays.stream(stack)
            .filter(frame -> loader.equals(frame.getClassLoaderName()))
            .findFirst()
            .map(frame -> ", and stands at " + frame.getClassName() + "." + place(frame))
            .orElse("");
    return new Refusal(
        "it does not come to an end when it is asked what it is" + where,
        "the factory's constructor and descriptor() must not wait for anything; "
            + PluginFault.AUTHORS_PART);
  }

  private static String place(StackTraceElement frame) {
    return "%s (line %d)".formatted(frame.getMethodName(), frame.getLineNumber());
  }
}
