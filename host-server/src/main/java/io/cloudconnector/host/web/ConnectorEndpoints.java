package io.cloudconnector.host.web;

import io.cloudconnector.api.Setting;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.containment.ConnectorHealth;
import io.cloudconnector.host.plugin.LoadedPlugin;
import io.cloudconnector.host.plugin.PluginFate;
import io.cloudconnector.host.plugin.PluginReport;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.plugin.SettingFacts;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which plugins were found, what became of each, and how the connectors are configured. */
final class ConnectorEndpoints {
  private static final String MASK = "***";

  private final PluginReport report;
  private final RunningConnectors connectors;

  ConnectorEndpoints(PluginReport report, RunningConnectors connectors) {
    this.report = report;
    this.connectors = connectors;
  }

  List<Route> routes() {
    return List.of(new Route("GET", "/v1/connectors", false, exchange -> list()));
  }

  private Reply list() {
    return Reply.json(
        200,
        Map.of(
            "plugins", report.fates().stream().map(ConnectorEndpoints::view).toList(),
            "connectors", report.plugins().stream().map(this::view).toList()));
  }

  private static Map<String, Object> view(PluginFate fate) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("path", fate.path().toString());
    switch (fate) {
      case PluginFate.Loaded loaded -> {
        view.put("fate", "loaded");
        view.put("vendor", loaded.vendor().name());
        view.put("displayName", loaded.displayName());
        view.put("version", loaded.version().orElse(null));
        view.put("apiVersion", loaded.apiVersion().map(Object::toString).orElse(null));
        view.put("warnings", loaded.warnings());
      }
      case PluginFate.Refused refused -> {
        view.put("fate", "refused");
        view.put("reason", refused.reason());
        view.put("advice", refused.advice());
      }
    }
    return view;
  }

  private Map<String, Object> view(LoadedPlugin plugin) {
    Optional<RunningConnector> running = connectors.find(plugin.descriptor().vendor());
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("vendor", plugin.descriptor().vendor().name());
    view.put("displayName", plugin.descriptor().displayName());
    running.ifPresentOrElse(
        connector -> putHealth(view, connector.connector().health()),
        () -> putAbsence(view, plugin.descriptor().vendor()));
    view.put("resourceTypes", plugin.descriptor().resources().keySet().stream().sorted().toList());
    view.put("settings", view(plugin.descriptor().settings()));
    view.put("linkOptions", view(plugin.descriptor().linkOptions()));
    running.ifPresent(connector -> view.put("config", config(connector)));
    return view;
  }

  private void putAbsence(Map<String, Object> view, VendorType vendor) {
    String why = connectors.missing().get(vendor);
    view.put("status", why == null ? "not configured" : "failed");
    if (why != null) {
      view.put("reason", why);
    }
  }

  private static void putHealth(Map<String, Object> view, ConnectorHealth health) {
    switch (health) {
      case ConnectorHealth.Well _ -> view.put("status", "running");
      case ConnectorHealth.Failing failing -> {
        view.put("status", "unhealthy");
        view.put("reason", "fails over and over: " + String.join(", ", failing.calls()));
      }
      case ConnectorHealth.Off off -> {
        view.put("status", "off");
        view.put("reason", off.why());
      }
    }
  }

  private static List<Map<String, Object>> view(List<Setting> declared) {
    return declared.stream().map(SettingFacts::of).map(ConnectorEndpoints::view).toList();
  }

  private static Map<String, Object> view(SettingFacts facts) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", facts.name());
    view.put("kind", facts.kind());
    view.put("required", facts.required());
    view.put("secret", facts.secret());
    view.put("default", facts.defaultValue().orElse(null));
    view.put("choices", facts.choices());
    view.put("doc", facts.doc());
    return view;
  }

  private static Map<String, Object> config(RunningConnector connector) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (connector.descriptor().needsClient()) {
      config.put("clientId", connector.config().clientId());
      config.put("clientSecret", MASK);
    }
    config.put(
        "webhookSecrets", connector.config().webhookSecrets().stream().map(s -> MASK).toList());
    config.put("endpoints", endpoints(connector));
    config.put("scopes", connector.config().scopes().stream().sorted().toList());
    config.put(
        "rateLimits", connector.config().rateLimits().stream().map(Object::toString).toList());
    config.put(
        "webhookTolerance",
        connector.config().webhookTolerance().map(Object::toString).orElse("off"));
    return config;
  }

  private static Map<String, String> endpoints(RunningConnector connector) {
    Map<String, String> endpoints = new TreeMap<>();
    for (String name : connector.descriptor().endpoints().keySet()) {
      connector
          .config()
          .endpoint(name)
          .map(URI::toString)
          .ifPresent(uri -> endpoints.put(name, uri));
    }
    return endpoints;
  }
}
