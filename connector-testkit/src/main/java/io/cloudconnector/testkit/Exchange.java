package io.cloudconnector.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call that a connector makes, and what the vendor answers when all is well.
 *
 * @param endpoint the name of the endpoint below which the path is, such as {@code base}
 * @param method in capitals
 * @param path encoded, starting with {@code /}, without a query; may be empty
 */
public record Exchange(String endpoint, String method, String path, StubReply reply) {
  /** A GET below {@code base} that is answered with a JSON document. */
  public static Exchange get(String path, String json) {
    return new Exchange("base", "GET", path, StubReply.json(200, json));
  }

  /** Writes all answers down at the stub; calls to one address are answered in their order. */
  static void play(FakeHost host, List<Exchange> exchanges) {
    play(host, exchanges, -1, List.of());
  }

  /** The same, but one of the calls is answered with something else, or several things. */
  static void play(
      FakeHost host, List<Exchange> exchanges, int different, List<StubReply> instead) {
    Map<String, List<StubReply>> replies = new LinkedHashMap<>();
    for (int i = 0; i < exchanges.size(); i++) {
      Exchange exchange = exchanges.get(i);
      replies
          .computeIfAbsent(exchange.address(host), key -> new ArrayList<>())
          .addAll(i == different ? instead : List.of(exchange.reply()));
    }
    replies.forEach(
        (address, list) -> {
          String[] parts = address.split(" ", 2);
          host.vendor().on(parts[0], parts[1], list.toArray(StubReply[]::new));
        });
  }

  /** Method and path, as {@link RecordedCall#toString} writes them. */
  String address(FakeHost host) {
    return method + " " + host.path(endpoint) + path;
  }
}
