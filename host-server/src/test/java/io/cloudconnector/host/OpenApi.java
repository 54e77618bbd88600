package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds answers against the description of the interface: each must be one that its operation
 * declares. Remembers which operations were called. Thread-safe.
 */
final class OpenApi {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final JsonNode document = load();
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<String, com.networknt.schema.Schema> schemas = new ConcurrentHashMap<>();
  private final Set<String> called = new ConcurrentSkipListSet<>();

  private static JsonNode load() {
    try (InputStream yaml = OpenApi.class.getResourceAsStream("/openapi.yaml")) {
      Object read =
          new Load(LoadSettings.builder().setMaxAliasesForCollections(10).build())
              .loadFromInputStream(Objects.requireNonNull(yaml));
      return JSON.valueToTree(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every operation, such as {@code GET /v1/events}. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().propertyNames().stream()
                    .filter(METHODS::contains)
                    .forEach(
                        method ->
                            operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return operations;
  }

  Set<String> called() {
    return Set.copyOf(called);
  }

  /**
   * Checks one answer.
   *
   * @param rawPath without the query
   * @throws AssertionError when it is not as declared
   */
  void check(String method, String rawPath, Answer answer) {
    String what = method + " " + rawPath + " -> " + answer.status();
    Optional<String> template = template(rawPath);
    @Nullable JsonNode operation =
        template
            .map(path -> document.get("paths").get(path))
            .map(item -> item.get(method.toLowerCase(Locale.ROOT)))
            .orElse(null);
    if (operation == null) {
      check(what, document.at("/components/responses/" + undescribed(template, answer)), answer);
      return;
    }
    called.add(method + " " + template.orElseThrow());
    check(what, response(what, operation.get("responses"), answer.status()), answer);
  }

  /** What the description says of addresses and methods that it does not list. */
  private static String undescribed(Optional<String> template, Answer answer) {
    return switch (answer.status()) {
      case 401 -> "Unauthorized";
      case 404 -> "NotFound";
      case 405 -> template.isPresent() ? "MethodNotAllowed" : "none: the address is not listed";
      case 400 -> "BadRequest";
      case 403 -> "ReadOnlyKey";
      default -> "none for " + answer.status();
    };
  }

  private Optional<String> template(String rawPath) {
    return document.get("paths").propertyNames().stream()
        .filter(path -> rawPath.matches(path.replaceAll("\\{[^}]*}", "[^/]+")))
        // What is spelled out goes before a placeholder.
        .min((a, b) -> Long.compare(placeholders(a), placeholders(b)));
  }

  private static long placeholders(String path) {
    return path.chars().filter(c -> c == '{').count();
  }

  private static JsonNode response(String what, JsonNode responses, int status) {
    for (String key : List.of(Integer.toString(status), status / 100 + "XX")) {
      if (responses.has(key)) {
        return responses.get(key);
      }
    }
    throw new AssertionError(what + ": the status is not declared");
  }

  private void check(String what, JsonNode declared, Answer answer) {
    if (declared.isMissingNode()) {
      throw new AssertionError(what + ": not declared; " + answer.text());
    }
    JsonNode response = resolved(declared);
    checkHeaders(what, response, answer);
    if (!response.has("content")) {
      if (answer.body().length > 0) {
        throw new AssertionError(what + ": a body where none is declared");
      }
      return;
    }
    String given = answer.header("Content-Type").orElse("").replaceAll("\\s*;.*", "");
    JsonNode content = response.get("content");
    JsonNode media = content.has(given) ? content.get(given) : content.get("*/*");
    if (media == null) {
      throw new AssertionError(what + ": the media type '" + given + "' is not declared");
    }
    checkBody(what, given, media.get("schema"), answer);
  }

  private void checkHeaders(String what, JsonNode response, Answer answer) {
    if (!response.has("headers")) {
      return;
    }
    for (var header : response.get("headers").properties()) {
      JsonNode declared = resolved(header.getValue());
      Optional<String> given = answer.header(header.getKey());
      if (given.isEmpty() && declared.path("required").asBoolean(false)) {
        throw new AssertionError(what + ": the header " + header.getKey() + " is missing");
      }
      boolean integer = declared.at("/schema/type").asString("").equals("integer");
      if (integer && given.isPresent() && !given.get().matches("[1-9][0-9]*")) {
        throw new AssertionError(what + ": " + header.getKey() + " is no number: " + given.get());
      }
    }
  }

  private void checkBody(String what, String mediaType, JsonNode schema, Answer answer) {
    if (!schema.isObject() || !mediaType.endsWith("json")) {
      return;
    }
    List<String> faults =
        schemas
            .computeIfAbsent(schema.toString(), key -> compiled(schema))
            .validate(
                new String(answer.body(), UTF_8),
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
            .stream()
            .map(Error::toString)
            .toList();
    if (!faults.isEmpty()) {
      throw new AssertionError(what + ": " + faults + " in " + answer.text());
    }
  }

  /** The schema with the components beside it, so that its references lead somewhere. */
  private com.networknt.schema.Schema compiled(JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", document.get("components"));
    return registry.getSchema(whole);
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }
}
