package io.cloudconnector.host;

import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.simulator.SimulatedCloud;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The running simulated vendors, each with one person. */
final class DemoClouds implements AutoCloseable {
  private final Closing closing = new Closing();
  private final AtomicInteger turn = new AtomicInteger();
  private final List<SimulatedCloud> clouds;

  private DemoClouds() {
    clouds = ServiceLoader.load(SimulatedCloud.class).stream().map(this::started).toList();
    if (clouds.isEmpty()) {
      throw new StartupException(
          "there is no simulated vendor on the class path; they are in lib/demo");
    }
  }

  static DemoClouds start() {
    return new DemoClouds();
  }

  private SimulatedCloud started(ServiceLoader.Provider<SimulatedCloud> found) {
    SimulatedCloud cloud = closing.add("simulated vendor", found.get());
    cloud.start();
    cloud.addPerson();
    return cloud;
  }

  List<String> vendors() {
    return clouds.stream().map(SimulatedCloud::vendor).sorted().toList();
  }

  /** What belongs under {@code connectors} of the configuration. Holds secrets. */
  Map<String, Object> connectorSettings() {
    return clouds.stream()
        .collect(Collectors.toMap(SimulatedCloud::vendor, DemoClouds::connectorSettings));
  }

  /** Without history: the demo is about webhooks that arrive. */
  private static Map<String, Object> connectorSettings(SimulatedCloud cloud) {
    Map<String, Object> settings = new TreeMap<>(cloud.connectorSettings());
    settings.put("backfill", "0d");
    return settings;
  }

  /** Each vendor's go to {@code <host>/webhooks/<vendor>}. */
  void sendWebhooksTo(URI host) {
    clouds.forEach(cloud -> cloud.sendWebhooksTo(host.resolve("/webhooks/" + cloud.vendor())));
  }

  /** Something happens to a person of one of the vendors, which take turns. */
  void makeChange() {
    clouds.get(Math.floorMod(turn.getAndIncrement(), clouds.size())).makeChange();
  }

  @Override
  public void close() {
    closing.close();
  }
}
