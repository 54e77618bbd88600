package io.cloudconnector.whoop;

import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.HistoryQuery;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import io.cloudconnector.core.JsonSlices;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A page of one of WHOOP's lists; the cursor is WHOOP's own. */
final class WhoopList {
  private static final Logger log = LoggerFactory.getLogger(WhoopList.class);
  private static final String MOST = "25";

  private WhoopList() {}

  static HttpCall call(URI list, HistoryQuery query) {
    HttpCall first =
        HttpCall.get(list)
            .query("start", query.from().truncatedTo(ChronoUnit.MILLIS).toString())
            .query("end", wholeMillisAfter(query.to()).toString())
            .query("limit", MOST);
    // Whether the token remembers the span is not said, so it is told again.
    return query.cursor().map(token -> first.query("nextToken", token)).orElse(first);
  }

  /** WHOOP writes milliseconds; rounding the end down would lose what began within the last. */
  private static Instant wholeMillisAfter(Instant time) {
    return time.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * The records as WHOOP wrote them, scored or not. One without a usable id is told of in the log
   * and left out: it could neither be fetched nor told from others, and must not hold up the rest.
   *
   * @throws VendorApiException when it is no such list
   */
  static HistoryPage page(WhoopResource type, HttpReply reply) {
    return WhoopAnswer.read(
        reply,
        list -> {
          List<VendorData> records =
              JsonSlices.elements(reply.body(), "/records").stream()
                  .flatMap(record -> record(type, record).stream())
                  .toList();
          return next(list)
              .map(token -> HistoryPage.more(records, token))
              .orElseGet(() -> HistoryPage.last(records));
        });
  }

  /** Absent on the last page; null and nothing are taken for the same. */
  private static Optional<String> next(Json list) {
    return list.find("/next_token").map(Json::text).filter(token -> !token.isEmpty());
  }

  private static Optional<VendorData> record(WhoopResource type, byte[] record) {
    try {
      String id = Json.parse(record).at(type.idPlace()).id();
      return Optional.of(VendorData.json(type.one(id), record));
    } catch (JsonException | IllegalArgumentException e) {
      log.atWarn()
          .addKeyValue("vendor", "whoop")
          .addKeyValue("event_type", type.declared().name())
          .log("WHOOP lists a record without a usable id; it is left out");
      return Optional.empty();
    }
  }
}
