package io.cloudconnector.host.config;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.WebhookTrust;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one vendor's section, and checks it against the descriptor where its plugin is there. */
final class VendorSection {
  private static final String URL = "Url";
  private static final List<String> USUAL_ENDPOINTS = List.of("base", "auth", "token", "revoke");

  private final Section section;
  private final Optional<Descriptor> descriptor;

  private VendorSection(Section section, Optional<Descriptor> descriptor) {
    this.section = section;
    this.descriptor = descriptor;
  }

  static ConnectorSettings read(Section section, Optional<Descriptor> descriptor) {
    return new VendorSection(section, descriptor).read();
  }

  private ConnectorSettings read() {
    descriptor.ifPresent(this::reportAbsent);
    return new ConnectorSettings(
        section.optional("clientId", Readings::text),
        section.optional("clientSecret", Readings::secret),
        webhookSecrets(),
        endpoints(),
        section.find("scopes").map(VendorSection::texts),
        section.find("rateLimits").map(VendorSection::rateLimits),
        section.optional("webhookTolerance", Readings::tolerance),
        section.find("resourceTypes").map(this::resourceTypes),
        section.optional("backfill", Readings::duration),
        section.optional("reconcile", Readings::duration),
        section.optional("takeOverSubscriptions", Readings::flag),
        section.section("settings", this::declared));
  }

  private void reportAbsent(Descriptor known) {
    if (known.needsClient()) {
      section.reportIfAbsent("clientId", "\"…\"");
      section.reportIfAbsent("clientSecret", "\"${…}\"");
    }
    boolean signed = known.webhooks().equals(Optional.of(WebhookTrust.SIGNED));
    if (signed && !known.webhookSecretIsClientSecret()) {
      section.reportIfAbsent("webhookSecret", "\"${…}\"");
    }
    boolean continued = known.endpoints().values().stream().anyMatch(url -> url.startsWith("/"));
    if (continued && !known.endpoints().containsKey("base")) {
      section.reportIfAbsent("baseUrl", "https://api.example.com");
    }
  }

  private List<Secret> webhookSecrets() {
    List<Value> items = section.find("webhookSecret").map(Value::oneOrMany).orElse(List.of());
    if (items.isEmpty() && section.has("webhookSecret")) {
      section.problem("webhookSecret", "is an empty list", "give a secret, or leave the key out");
    }
    return SecretLists.rotating(items, "secret", Readings::secret);
  }

  private Map<String, URI> endpoints() {
    Map<String, URI> endpoints = new LinkedHashMap<>();
    for (String name : endpointNames()) {
      Reading<URI> reading = name.equals("base") ? WebUrls::base : WebUrls::target;
      section.optional(name + URL, reading).ifPresent(url -> endpoints.put(name, url));
    }
    return endpoints;
  }

  /** Without its plugin nobody knows which addresses a vendor has, so any name will do. */
  private Set<String> endpointNames() {
    Set<String> names = new LinkedHashSet<>(USUAL_ENDPOINTS);
    descriptor.ifPresentOrElse(
        known -> names.addAll(known.endpoints().keySet()),
        () ->
            section.keys().stream()
                .filter(key -> key.endsWith(URL) && key.length() > URL.length())
                .forEach(key -> names.add(key.substring(0, key.length() - URL.length()))));
    return names;
  }

  private static Set<String> texts(Value list) {
    Set<String> texts = new LinkedHashSet<>();
    list.items().forEach(item -> item.read(Readings::text).ifPresent(texts::add));
    return texts;
  }

  private Set<String> resourceTypes(Value list) {
    Set<String> types = new LinkedHashSet<>();
    list.items().forEach(item -> item.read(this::resourceType).ifPresent(types::add));
    return types;
  }

  private String resourceType(String text) {
    Set<String> known = descriptor.map(about -> about.resources().keySet()).orElse(Set.of(text));
    if (!known.contains(text)) {
      throw new BadValueException(
          "holds '" + text + "', which is none of this vendor's types",
          "use some of " + String.join(", ", new TreeSet<>(known)));
    }
    return text;
  }

  private static List<RateLimitConfig> rateLimits(Value list) {
    return list.items().stream().map(item -> item.section(VendorSection::rateLimit)).toList();
  }

  private static RateLimitConfig rateLimit(Section section) {
    RateLimitConfig limit =
        RateLimitConfig.of(
            section.required("maxRequests", Readings::positive, "100"),
            section.required("timeWindow", Readings::longerThanNothing, "60s"));
    if (section.optional("aligned", Readings::flag).orElse(false)) {
      limit = limit.aligned();
    }
    if (section.optional("perConnection", Readings::flag).orElse(false)) {
      limit = limit.perConnection();
    }
    return section.optional("onlyTagged", Readings::text).map(limit::onlyTagged).orElse(limit);
  }

  private Map<String, Secret> declared(Section settings) {
    return descriptor
        .map(known -> DeclaredSettings.read(settings, known.settings()))
        .orElseGet(() -> DeclaredSettings.readUnchecked(settings));
  }
}
