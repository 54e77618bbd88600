package io.cloudconnector.host.acme;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.HistoryQuery;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonSlices;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Acme's lists: {@code {"records":[{"id",…}],"next"}}. A record may call itself of another type.
 */
final class AcmeHistory {
  private AcmeHistory() {}

  /**
   * The role.
   *
   * @param call sends a question of the person's to a path
   */
  static History by(BiFunction<Connection, String, Optional<HttpReply>> call) {
    return (connection, query) ->
        call.apply(connection, path(query))
            .map(reply -> page(query, reply.body()))
            .orElseGet(() -> HistoryPage.last(List.of()));
  }

  private static String path(HistoryQuery query) {
    return "/v1/history/%s?from=%s&to=%s%s"
        .formatted(
            query.resourceType(),
            query.from(),
            query.to(),
            query
                .cursor()
                .map(cursor -> "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                .orElse(""));
  }

  private static HistoryPage page(HistoryQuery query, byte[] body) {
    Json json = Json.parse(body);
    List<VendorData> records =
        JsonSlices.elements(body, "/records").stream()
            .map(record -> record(query.resourceType(), record))
            .toList();
    return json.find("/next")
        .map(next -> HistoryPage.more(records, next.text()))
        .orElseGet(() -> HistoryPage.last(records));
  }

  private static VendorData record(String type, byte[] record) {
    Json json = Json.parse(record);
    return VendorData.json(
        Resource.one(json.find("/type").map(Json::text).orElse(type), json.at("/id").text()),
        record);
  }
}
