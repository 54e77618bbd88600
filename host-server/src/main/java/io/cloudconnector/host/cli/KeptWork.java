package io.cloudconnector.host.cli;

import io.cloudconnector.host.config.StartupException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What waits for an operator's decision, over the host's interface: dead letters, or quarantine.
 *
 * @param path where the interface has them
 * @param member what a list calls them
 * @param columns the members that a table shows
 */
record KeptWork(String path, String member, List<String> columns) {
  static final KeptWork DEAD_LETTERS =
      new KeptWork(
          "/v1/dead-letters",
          "deadLetters",
          List.of("id", "receivedAt", "vendor", "userId", "resourceType", "resourceId", "why"));
  static final KeptWork QUARANTINE =
      new KeptWork("/v1/quarantine", "quarantine", List.of("id", "receivedAt", "vendor", "why"));

  KeptWork {
    columns = List.copyOf(columns);
  }

  /** Prints a page as a table, and how to go on where it is full. */
  void list(
      HostClient host, Map<String, String> kind, PageOptions page, JsonOption json, Console to) {
    Map<String, String> query = new TreeMap<>(kind);
    query.putAll(page.wanted());
    JsonNode answer = host.get(path + "?" + HostClient.query(query));
    JsonNode rows = answer.path(member);
    json.print(to, answer, rows.isEmpty() ? "None." : TextTable.of(columns, rows));
    if (!json.chosen() && rows.size() == page.limit()) {
      to.err().println("Perhaps more: --after " + answer.path("next").asString());
    }
  }

  JsonNode show(HostClient host, String id) {
    return host.get(one(id));
  }

  /** What is known of one, and the body it came with, where there is one. */
  static String words(JsonNode one) {
    byte[] body = Base64.getDecoder().decode(one.path("bodyBase64").asString(""));
    JsonNode rest = one.deepCopy();
    if (rest instanceof ObjectNode members) {
      members.remove("bodyBase64");
    }
    String known = Members.of(rest);
    return body.length == 0
        ? known
        : known + "\n\n" + Printable.lines(new String(body, StandardCharsets.UTF_8));
  }

  void replay(HostClient host, String id) {
    host.post(one(id) + "/replay");
  }

  /** All of a kind; with an empty one, all. */
  JsonNode replay(HostClient host, Map<String, String> kind) {
    return host.post(path + "/replay", kind.isEmpty() ? Map.of("all", true) : kind);
  }

  void discard(HostClient host, String id, String reason) {
    if (reason.isBlank()) {
      throw StartupException.configuration(
          "--reason is empty; say why, for whoever reads the log later");
    }
    host.delete(one(id) + "?" + HostClient.query(Map.of("reason", reason)));
  }

  /** With a slash in it, an id would lead to another address. */
  private String one(String id) {
    if (!id.matches("[0-9]+")) {
      throw StartupException.configuration(
          "'" + Printable.line(id) + "' is no id; the list has them in its first column");
    }
    return path + "/" + id;
  }
}
