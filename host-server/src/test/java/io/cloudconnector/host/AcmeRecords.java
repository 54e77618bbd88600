package io.cloudconnector.host;

import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Acme's lists: two records a page, the newest first. Remembers what it was asked. Thread-safe. */
final class AcmeRecords {
  private static final int PAGE = 2;

  private final Map<String, Listed> records = new ConcurrentHashMap<>();
  private final List<SimulatedRequest> asked = new CopyOnWriteArrayList<>();
  private volatile Optional<String> always = Optional.empty();
  private volatile Consumer<SimulatedRequest> meanwhile = _ -> {};

  private record Listed(String account, String type, Instant at, String json) {}

  static String json(String id, String note) {
    return JsonText.object().text("id", id).text("note", note).toString();
  }

  void put(String account, String type, String id, Instant at, String json) {
    records.put(account + type + id, new Listed(account, type, at, json));
  }

  /** From now on each page leads on by this cursor, to the first page. */
  void alwaysLeadOnBy(String cursor) {
    always = Optional.of(cursor);
  }

  void leadOnAsUsual() {
    always = Optional.empty();
  }

  /** Is done with each question after the answer was made and before it goes out. */
  void meanwhile(Consumer<SimulatedRequest> work) {
    meanwhile = work;
  }

  /** The questions for a type so far. */
  List<SimulatedRequest> asked(String type) {
    return asked.stream().filter(one -> one.part("type").equals(type)).toList();
  }

  SimulatedReply page(String account, SimulatedRequest request) {
    asked.add(request);
    Instant from = Instant.parse(request.query("from").orElseThrow());
    Instant to = Instant.parse(request.query("to").orElseThrow());
    int skip =
        always.isPresent()
            ? 0
            : Integer.parseInt(request.query("cursor").orElse("p0").substring(1));
    List<String> found =
        records.values().stream()
            .filter(one -> one.account().equals(account))
            .filter(one -> one.type().equals(request.part("type")))
            .filter(one -> !one.at().isBefore(from) && one.at().isBefore(to))
            .sorted(Comparator.comparing(Listed::at).reversed())
            .map(Listed::json)
            .toList();
    List<String> page = found.stream().skip(skip).limit(PAGE).toList();
    String next =
        always
            .or(
                () ->
                    found.size() > skip + PAGE
                        ? Optional.of("p" + (skip + PAGE))
                        : Optional.empty())
            .map(cursor -> ",\"next\":\"" + cursor + "\"")
            .orElse("");
    meanwhile.accept(request);
    return SimulatedReply.json(200, "{\"records\":[" + String.join(",", page) + "]" + next + "}");
  }
}
