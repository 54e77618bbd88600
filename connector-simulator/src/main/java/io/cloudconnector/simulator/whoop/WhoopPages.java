package io.cloudconnector.simulator.whoop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.simulator.Refusal;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lists as WHOOP pages them: newest first, at most 25 at once. The page token names the last record
 * seen, so a record that comes in meanwhile shifts nothing.
 */
final class WhoopPages {
  private static final int USUAL = 10;
  private static final int MOST = 25;

  private final InstantSource clock;

  WhoopPages(InstantSource clock) {
    this.clock = clock;
  }

  SimulatedReply page(SimulatedRequest request, List<WhoopRecord> newestFirst) {
    Instant from = time(request, "start").orElse(Instant.MIN);
    Instant to = time(request, "end").orElseGet(clock::instant);
    int limit = limit(request);
    Optional<Place> place = request.query("nextToken").map(Place::parse);
    List<WhoopRecord> found =
        newestFirst.stream()
            .filter(record -> record.touches(from, to))
            .filter(record -> place.map(seen -> seen.isBefore(record)).orElse(true))
            .limit(limit + 1L)
            .toList();
    boolean more = found.size() > limit;
    return SimulatedReply.json(200, body(more ? found.subList(0, limit) : found, more));
  }

  private static byte[] body(List<WhoopRecord> records, boolean more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("{\"records\":[".getBytes(UTF_8));
    String separator = "";
    for (WhoopRecord record : records) {
      out.writeBytes(separator.getBytes(UTF_8));
      out.writeBytes(record.bytes());
      separator = ",";
    }
    String token = more ? ",\"next_token\":\"" + Place.of(records.getLast()) + "\"" : "";
    out.writeBytes(("]" + token + "}").getBytes(UTF_8));
    return out.toByteArray();
  }

  private static int limit(SimulatedRequest request) {
    int limit = parsed(request, "limit", Integer::parseInt).orElse(USUAL);
    if (limit < 1 || limit > MOST) {
      throw badRequest("limit must be from 1 to " + MOST);
    }
    return limit;
  }

  private static Optional<Instant> time(SimulatedRequest request, String name) {
    return parsed(request, name, text -> OffsetDateTime.parse(text).toInstant());
  }

  private static <T> Optional<T> parsed(
      SimulatedRequest request, String name, Function<String, T> parser) {
    return request.query(name).map(text -> parse(name, text, parser));
  }

  private static <T> T parse(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException | DateTimeParseException e) {
      throw badRequest(name + " cannot be read");
    }
  }

  static Refusal badRequest(String why) {
    return new Refusal(SimulatedReply.text(400, why));
  }

  /** Where a page ended. */
  private record Place(long startMillis, String id) {
    static String of(WhoopRecord record) {
      String text = record.times().start().toEpochMilli() + ":" + record.id();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    static Place parse(String token) {
      try {
        String[] parts = new String(Base64.getUrlDecoder().decode(token), UTF_8).split(":", 2);
        if (parts.length == 2) {
          return new Place(Long.parseLong(parts[0]), parts[1]);
        }
      } catch (IllegalArgumentException e) {
        throw badRequest("nextToken is not one of ours");
      }
      throw badRequest("nextToken is not one of ours");
    }

    /** Whether the record comes after this place in the order newest first. */
    boolean isBefore(WhoopRecord record) {
      int byStart = Long.compare(record.times().start().toEpochMilli(), startMillis);
      return byStart < 0 || (byStart == 0 && record.id().compareTo(id) < 0);
    }
  }
}
