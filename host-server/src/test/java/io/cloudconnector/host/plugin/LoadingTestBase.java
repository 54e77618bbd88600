package io.cloudconnector.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.CompiledPlugin;
import io.cloudconnector.host.acme.BoltConnectorFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A plugins folder, loaded as a host of API 0.1 does. */
abstract class LoadingTestBase {
  static final VendorType ACME = new VendorType("acme");
  static final VendorType GOOD = new VendorType("bolt");
  private static final Patience LONG = Patience.of(Duration.ofMinutes(1));

  @TempDir Path plugins;
  private final List<PluginReport> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(PluginReport::close);
  }

  final PluginReport load() {
    return load(getClass().getClassLoader(), LONG);
  }

  final PluginReport load(ClassLoader host) {
    return load(host, LONG);
  }

  final PluginReport load(Patience patience) {
    return load(getClass().getClassLoader(), patience);
  }

  private PluginReport load(ClassLoader host, Patience patience) {
    PluginReport report = new PluginLoader(new ApiVersion(0, 1), host, patience).load(plugins);
    opened.add(report);
    return report;
  }

  final PluginJar acme() {
    return PluginJar.forVendor("acme");
  }

  /** A plugin whose factory has these members and this descriptor. */
  final PluginJar acme(String members, String descriptor) {
    return acme().source("acme.AcmeFactory", PluginJar.factory(members, descriptor));
  }

  final Path write(PluginJar jar) throws IOException {
    return jar.write(plugins.resolve("acme.jar"));
  }

  final void writeAGoodPlugin() {
    CompiledPlugin.writeInto(plugins, "bolt", BoltConnectorFactory.class);
  }

  /** Why the one candidate of the folder is refused. */
  final PluginFate.Refused refusal() {
    return refusal(LONG);
  }

  /** Puts a good plugin beside it, which must be taken all the same. */
  final PluginFate.Refused refusal(Patience patience) {
    writeAGoodPlugin();
    PluginReport report = load(patience);
    assertThat(report.descriptors()).containsOnlyKeys(GOOD);
    assertThat(report.fates()).hasSize(2);
    return report.refused().getFirst();
  }

  /** A jar with one class, for others to use. */
  static Path library(Path jar, String text) throws IOException {
    return PluginJar.empty()
        .source(
            "lib.Greeting",
            "package lib; public class Greeting { public static String text() { return \""
                + text
                + "\"; } }")
        .write(jar);
  }
}
