package io.cloudconnector.host.config;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one configuration, from the top. */
final class SettingsReader {
  private static final int SHORT_KEY = 16;

  private final Findings findings;
  private final Placeholders placeholders;
  private final Places places;
  private final Function<PluginSettings, Map<VendorType, Descriptor>> plugins;
  private final Function<String, Optional<String>> encryptionKeyFault;

  SettingsReader(
      String file,
      Map<String, String> environment,
      Path home,
      Function<PluginSettings, Map<VendorType, Descriptor>> plugins,
      Function<String, Optional<String>> encryptionKeyFault) {
    this.findings = new Findings(file);
    this.placeholders = new Placeholders(environment);
    this.places = new Places(home);
    this.plugins = plugins;
    this.encryptionKeyFault = encryptionKeyFault;
  }

  LoadedSettings read(String yaml) {
    Optional<Node> root = YamlText.parse(yaml, findings);
    // What is no YAML would otherwise be told to lack every required key.
    findings.refuseIfFaulty();
    Settings settings =
        root.map(node -> new Value(node, "", placeholders, findings).section(this::settings))
            .orElseGet(() -> settings(Section.empty(1, "", placeholders, findings)));
    findings.refuseIfFaulty();
    return new LoadedSettings(settings, findings.warnings());
  }

  private Settings settings(Section root) {
    ServerSettings server =
        root.section("server", section -> ServerSection.read(section, places, findings));
    DatabaseSettings database = root.section("database", this::database);
    int problems = findings.problems();
    PluginSettings found = root.section("plugins", this::plugins);
    boolean readable = findings.problems() == problems;
    SecuritySettings security = root.section("security", this::security);
    Optional<Map<VendorType, Descriptor>> descriptors =
        readable ? Optional.of(plugins.apply(found)) : Optional.empty();
    Map<VendorType, ConnectorSettings> connectors =
        root.section("connectors", section -> connectors(section, descriptors));
    InboxSettings inbox = root.section("inbox", SettingsReader::inbox);
    AuditSettings audit = root.section("audit", SettingsReader::audit);
    DeliverySettings delivery = root.section("delivery", DeliverySection::read);
    return new Settings(server, database, found, security, connectors, inbox, audit, delivery);
  }

  private static InboxSettings inbox(Section section) {
    return new InboxSettings(
        section.optional("dedupeFor", Readings::longerThanNothing).orElse(InboxSettings.DEDUPE_FOR),
        section.optional("retryFor", Readings::longerThanNothing).orElse(InboxSettings.RETRY_FOR),
        section.optional("retryAttempts", Readings::positive).orElse(InboxSettings.RETRY_ATTEMPTS));
  }

  private static AuditSettings audit(Section section) {
    return new AuditSettings(
        section.optional("keepFor", Readings::longerThanNothing).orElse(AuditSettings.KEEP_FOR));
  }

  private DatabaseSettings database(Section section) {
    String url =
        section
            .optional("url", places::database)
            .orElseGet(() -> places.database("jdbc:sqlite:data/connector.db"));
    return new DatabaseSettings(
        url,
        section.optional("username", Readings::text),
        section.optional("password", Readings::secret));
  }

  private PluginSettings plugins(Section section) {
    Path directory =
        section.optional("directory", places::path).orElseGet(() -> places.path("plugins"));
    Set<VendorType> required = new LinkedHashSet<>();
    section.items("required").forEach(item -> item.read(Readings::vendor).ifPresent(required::add));
    return new PluginSettings(directory, required);
  }

  private SecuritySettings security(Section section) {
    List<ApiKey> apiKeys =
        SecretLists.apiKeys(section.requiredItems("apiKeys", "[\"${CONNECTOR_API_KEY}\"]"));
    apiKeys.forEach(this::warnIfShort);
    List<Secret> encryptionKeys = encryptionKeys(section);
    List<ReturnUrlPattern> returnUrls = new ArrayList<>();
    section
        .items("allowedReturnUrls")
        .forEach(item -> item.read(WebUrls::returnUrl).ifPresent(returnUrls::add));
    return new SecuritySettings(apiKeys, encryptionKeys, returnUrls);
  }

  /** Whoever has none is told how to come by one. */
  private List<Secret> encryptionKeys(Section section) {
    AtomicBoolean given = new AtomicBoolean();
    List<Secret> keys =
        SecretLists.rotating(
            section.items("encryptionKeys"),
            "key",
            text -> {
              given.set(true);
              return encryptionKey(text);
            });
    if (!given.get()) {
      section.problem(
          "encryptionKeys",
          section.has("encryptionKeys") ? "gives no key" : "is required",
          "write encryptionKeys: [\"${CONNECTOR_ENCRYPTION_KEY}\"], with a key made by: bin/connector-host keys generate");
    }
    return keys;
  }

  private void warnIfShort(ApiKey key) {
    if (key.key().reveal().length() < SHORT_KEY) {
      findings.warn("security.apiKeys: the key '" + key.name() + "' is short enough to be guessed");
    }
  }

  private Secret encryptionKey(String text) {
    Secret key = Readings.secret(text);
    encryptionKeyFault
        .apply(text)
        .ifPresent(
            fault -> {
              throw new BadValueException(fault, "make one with: connector-host keys generate");
            });
    return key;
  }

  private Map<VendorType, ConnectorSettings> connectors(
      Section section, Optional<Map<VendorType, Descriptor>> found) {
    Map<VendorType, ConnectorSettings> connectors = new LinkedHashMap<>();
    section
        .all()
        .forEach(
            (name, value) ->
                vendor(name, value)
                    .ifPresent(
                        vendor -> {
                          found.ifPresent(known -> warnIfAbsent(vendor, known.keySet()));
                          connectors.put(vendor, connector(vendor, value, found));
                        }));
    return connectors;
  }

  private static Optional<VendorType> vendor(String name, Value value) {
    try {
      return Optional.of(Readings.vendor(name));
    } catch (BadValueException e) {
      value.problem(e.what(), e.suggestion());
      return Optional.empty();
    }
  }

  private void warnIfAbsent(VendorType vendor, Set<VendorType> known) {
    if (!known.contains(vendor)) {
      List<String> names = known.stream().map(VendorType::name).sorted().toList();
      findings.warn(
          "connectors."
              + vendor
              + " is configured, but no plugin for it was loaded; "
              + (names.isEmpty()
                  ? "there is none at all"
                  : Nearest.suggestion(vendor.name(), names)));
    }
  }

  private static ConnectorSettings connector(
      VendorType vendor, Value value, Optional<Map<VendorType, Descriptor>> found) {
    Optional<Descriptor> descriptor =
        found.flatMap(known -> Optional.ofNullable(known.get(vendor)));
    return value.section(section -> VendorSection.read(section, descriptor));
  }
}
