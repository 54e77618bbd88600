package io.cloudconnector.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.ConnectorFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a plugin sees of the host, and what it does not. */
class PluginIsolationTest extends LoadingTestBase {
  private static LoadedPlugin only(PluginReport report) {
    assertThat(report.refused()).isEmpty();
    return report.plugins().getFirst();
  }

  @Test
  void doesNotSeeTheHostsLibraries() throws IOException {
    acme().write(plugins.resolve("acme.jar"));
    ClassLoader plugin = only(load()).classLoader();

    assertThatThrownBy(() -> plugin.loadClass("tools.jackson.databind.ObjectMapper"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThatThrownBy(() -> plugin.loadClass("io.cloudconnector.host.plugin.PluginLoader"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void takesItsOwnCopyOfALibraryThatTheHostHasToo() throws Exception {
    acme()
        .source(
            "tools.jackson.databind.ObjectMapper",
            """
            package tools.jackson.databind;
            public class ObjectMapper { public String toString() { return "the plugin's"; } }
            """)
        .source(
            "acme.AcmeFactory",
            PluginJar.factory(
                "",
                PluginJar.descriptor("acme", "\"\" + new tools.jackson.databind.ObjectMapper()")))
        .write(plugins.resolve("acme.jar"));

    LoadedPlugin plugin = only(load());

    assertThat(plugin.fate().displayName()).isEqualTo("the plugin's");
    assertThat(plugin.classLoader().loadClass("tools.jackson.databind.ObjectMapper"))
        .isNotSameAs(tools.jackson.databind.ObjectMapper.class);
  }

  @Test
  void sharesTheSpiAndTheLoggingWithTheHost() throws Exception {
    acme()
        .source("org.slf4j.Logger", "package org.slf4j; public class Logger {}")
        .source(
            "io.cloudconnector.api.ConnectorException",
            """
            package io.cloudconnector.api;
            public class ConnectorException extends RuntimeException {
              public ConnectorException(String message) {}
            }
            """)
        .write(plugins.resolve("acme.jar"));

    LoadedPlugin plugin = only(load());

    assertThat(plugin.factory()).isInstanceOf(ConnectorFactory.class);
    assertThat(plugin.classLoader().loadClass("org.slf4j.Logger")).isSameAs(org.slf4j.Logger.class);
    assertThat(plugin.classLoader().loadClass("io.cloudconnector.api.ConnectorException"))
        .isSameAs(io.cloudconnector.api.ConnectorException.class);
    assertThat(plugin.fate().warnings()).singleElement().asString().contains("are ignored");
  }

  @Test
  void getsTheHostsCoreWhereItBringsNone() throws Exception {
    try (URLClassLoader host = hostWithCore()) {
      acme()
          .source(
              "acme.AcmeFactory",
              PluginJar.factory(
                  "", PluginJar.descriptor("acme", "io.cloudconnector.core.Probe.name()")))
          .write(plugins.resolve("acme.jar"), plugins.resolve(".core.jar"));

      LoadedPlugin plugin = only(load(host));

      assertThat(plugin.fate().displayName()).isEqualTo("the host's");
      assertThat(plugin.classLoader().loadClass("io.cloudconnector.core.Probe").getClassLoader())
          .isSameAs(host);
    }
  }

  @Test
  void takesAllOfItsOwnCoreWhereItBringsAnyOfIt() throws Exception {
    try (URLClassLoader host = hostWithCore()) {
      acme()
          .source(
              "io.cloudconnector.core.inner.Other",
              "package io.cloudconnector.core.inner; public class Other {}")
          .write(plugins.resolve("acme.jar"));
      ClassLoader plugin = only(load(host)).classLoader();

      assertThat(plugin.loadClass("io.cloudconnector.core.inner.Other").getClassLoader())
          .isSameAs(plugin);
      assertThatThrownBy(() -> plugin.loadClass("io.cloudconnector.core.Probe"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  /** A host with one more class in its core. */
  private URLClassLoader hostWithCore() throws IOException {
    Path core =
        PluginJar.empty()
            .source(
                "io.cloudconnector.core.Probe",
                """
                package io.cloudconnector.core;
                public class Probe { public static String name() { return "the host's"; } }
                """)
            .write(plugins.resolve(".core.jar"));
    return new URLClassLoader(new URL[] {core.toUri().toURL()}, getClass().getClassLoader());
  }

  @Test
  void seesItsOwnResourcesAndNoneOfTheHosts() throws Exception {
    acme().text("acme/data.txt", "hello").write(plugins.resolve("acme.jar"));
    ClassLoader plugin = only(load()).classLoader();

    assertThat(plugin.getResource("acme/data.txt")).isNotNull();
    assertThat(getClass().getClassLoader().getResource("full.yaml")).isNotNull();
    assertThat(plugin.getResource("full.yaml")).isNull();
    assertThat(plugin.getResources("full.yaml").hasMoreElements()).isFalse();
  }

  @Test
  void theClassLoaderIsNamedAfterThePluginAndKnowsTheJdk() throws IOException {
    acme().write(plugins.resolve("acme.jar"));

    ClassLoader plugin = only(load()).classLoader();

    assertThat(plugin.getName()).isEqualTo("acme.jar");
    assertThat(plugin.getParent()).isSameAs(ClassLoader.getPlatformClassLoader());
    assertThat(plugin.isRegisteredAsParallelCapable()).isTrue();
  }

  @Test
  void codeOfThePluginRunsWithItsClassLoader() throws IOException {
    acme()
        .source(
            "acme.AcmeFactory",
            PluginJar.factory(
                "",
                PluginJar.descriptor(
                    "acme", "Thread.currentThread().getContextClassLoader().getName()")))
        .write(plugins.resolve("acme.jar"));

    assertThat(only(load()).fate().displayName()).isEqualTo("acme.jar");
  }

  @Test
  void aClassThatItAddsToTheSpiIsNotThere() throws IOException {
    acme()
        .source(
            "io.cloudconnector.api.Extra", "package io.cloudconnector.api; public class Extra {}")
        .write(plugins.resolve("acme.jar"));
    ClassLoader plugin = only(load()).classLoader();

    assertThatThrownBy(() -> plugin.loadClass("io.cloudconnector.api.Extra"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void closingTheReportClosesTheJars() throws Exception {
    acme()
        .source("acme.Later", "package acme; public class Later {}")
        .write(plugins.resolve("acme.jar"));
    PluginReport report = load();
    ClassLoader plugin = only(report).classLoader();

    report.close();

    assertThatThrownBy(() -> plugin.loadClass("acme.Later"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
