package io.cloudconnector.host.plugin;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The connectors that a plugin announces. To find them its code runs for the first time, step by
 * step: whatever a step throws, also an error, costs that connector and no other.
 *
 * @param refused why others of its connectors cannot be used
 */
record AnnouncedConnectors(List<LoadedPlugin> usable, List<Refusal> refused) {
  /** Where to stop, since a search may fail for ever. */
  static final int MOST_REFUSED = 10;

  /** A century, as for what is configured. */
  private static final Duration LONGEST_SPAN = Duration.ofDays(36_500);

  AnnouncedConnectors {
    usable = List.copyOf(usable);
    refused = List.copyOf(refused);
  }

  static AnnouncedConnectors of(OpenedPlugin plugin) {
    return of(
        plugin,
        ServiceLoader.load(ConnectorFactory.class, plugin.classLoader()).stream().iterator());
  }

  static AnnouncedConnectors of(
      OpenedPlugin plugin, Iterator<ServiceLoader.Provider<ConnectorFactory>> found) {
    List<LoadedPlugin> usable = new ArrayList<>();
    List<Refusal> refused = new ArrayList<>();
    boolean more = true;
    while (more && refused.size() < MOST_REFUSED) {
      try {
        Optional<ServiceLoader.Provider<ConnectorFactory>> next = next(found);
        more = next.isPresent();
        if (more) {
          usable.add(connector(plugin, next.get()));
        }
      } catch (Refusal refusal) {
        refused.add(refusal);
      }
    }
    if (more) {
      refused.add(
          new Refusal(
              "more of its connectors may fail: the search ended after " + MOST_REFUSED,
              "mend those first"));
    }
    if (usable.isEmpty() && refused.isEmpty()) {
      refused.add(
          new Refusal(
              JarFacts.SERVICE_FILE + " names no class",
              "name the class of the connector's factory in it"));
    }
    return new AnnouncedConnectors(usable, refused);
  }

  private static Optional<ServiceLoader.Provider<ConnectorFactory>> next(
      Iterator<ServiceLoader.Provider<ConnectorFactory>> all) throws Refusal {
    return guarded(
        "its factory cannot be found",
        () -> all.hasNext() ? Optional.of(all.next()) : Optional.empty());
  }

  private static LoadedPlugin connector(
      OpenedPlugin plugin, ServiceLoader.Provider<ConnectorFactory> provider) throws Refusal {
    String name = provider.type().getName();
    ConnectorFactory factory = guarded(name + " cannot be made", provider);
    Descriptor descriptor = guarded(name + " gives no descriptor", () -> described(factory));
    checkUse(name, descriptor);
    PluginFate.Loaded fate =
        new PluginFate.Loaded(
            plugin.candidate().path(),
            descriptor.vendor(),
            descriptor.displayName(),
            plugin.version(),
            plugin.apiVersion(),
            plugin.warnings());
    return new LoadedPlugin(descriptor, factory, plugin.classLoader(), fate);
  }

  private static Descriptor described(ConnectorFactory factory) {
    Descriptor descriptor =
        Objects.requireNonNull(factory.descriptor(), "descriptor() returned null");
    Objects.requireNonNull(descriptor.vendor(), "the descriptor names no vendor");
    Objects.requireNonNull(descriptor.displayName(), "the descriptor has no display name");
    // What could not be listed later is a fault now.
    descriptor.settings().forEach(SettingFacts::of);
    descriptor.linkOptions().forEach(SettingFacts::of);
    spans(descriptor).forEach(AnnouncedConnectors::checkSpan);
    return descriptor;
  }

  private static Stream<Duration> spans(Descriptor descriptor) {
    Stream<Duration> ofTypes =
        descriptor.resources().values().stream()
            .flatMap(
                type ->
                    Stream.concat(
                        Stream.of(type.lag()),
                        Stream.of(type.maxSpan(), type.lookBack()).flatMap(Optional::stream)));
    Stream<Duration> others =
        Stream.of(descriptor.pollEvery(), descriptor.webhookTolerance()).flatMap(Optional::stream);
    Stream<Duration> windows = descriptor.limits().stream().map(RateLimitConfig::timeWindow);
    return Stream.of(ofTypes, others, windows).flatMap(span -> span);
  }

  /** Times are reckoned with them for all connectors at once. */
  private static void checkSpan(Duration span) {
    if (span.isNegative() || span.compareTo(LONGEST_SPAN) > 0) {
      throw new IllegalArgumentException(
          "the descriptor has a span of " + span + "; use none below zero or above 36500 days");
    }
  }

  /** Whether there is history after all only the started connector shows. */
  private static void checkUse(String name, Descriptor descriptor) throws Refusal {
    if (descriptor.webhooks().isEmpty()
        && descriptor.resources().values().stream().noneMatch(ResourceType::hasHistory)) {
      throw new Refusal(
          name + " describes neither webhooks nor a resource type with history, so nothing comes",
          PluginFault.AUTHORS_PART);
    }
  }

  private static <T> T guarded(String fault, Supplier<T> step) throws Refusal {
    try {
      return step.get();
    } catch (Throwable e) {
      throw PluginFault.refusal(fault, e);
    }
  }
}
