package io.cloudconnector.host.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** All that is sealed in the database, whichever table it is in. */
public final class SealedValues {
  private static final String KEY_IDS =
      SealedPlace.ALL.stream()
          .map(SealedPlace::keyIds)
          .collect(
              Collectors.joining(
                  " UNION ALL ",
                  "SELECT key_id, SUM(found) AS found FROM (",
                  ") AS places GROUP BY key_id"));

  private final Database database;

  public SealedValues(Database database) {
    this.database = database;
  }

  /** The ids of the keys without which something could not be opened, as hexadecimal digits. */
  public Set<String> keyIds() {
    return counts().keySet();
  }

  /** How many values each of these keys seals. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    database
        .read(
            handle ->
                handle
                    .createQuery(KEY_IDS)
                    .map(
                        (row, context) ->
                            Map.entry(
                                HexFormat.of().formatHex(row.getBytes("key_id")),
                                row.getLong("found")))
                    .list())
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  /**
   * Values that are sealed under another key, in a stable order through all places.
   *
   * @param last the last of the page before; empty for the first page
   */
  public List<SealedValue> notUnder(String keyId, Optional<SealedValue> last, int limit) {
    int place = last.map(value -> SealedPlace.ALL.indexOf(value.place())).orElse(0);
    Optional<SealedValue> after = last;
    while (place < SealedPlace.ALL.size()) {
      List<SealedValue> page = page(SealedPlace.ALL.get(place), keyId, after, limit);
      if (!page.isEmpty()) {
        return page;
      }
      after = Optional.empty();
      place++;
    }
    return List.of();
  }

  private List<SealedValue> page(
      SealedPlace place, String keyId, Optional<SealedValue> after, int limit) {
    return database.read(
        handle -> {
          Query query = handle.createQuery(place.page(after.isEmpty()));
          int at = 0;
          query.bind(at++, HexFormat.of().parseHex(keyId));
          for (Object part : after.map(SealedValue::key).orElse(List.of())) {
            query.bind(at++, part);
          }
          return query.bind(at, limit).map((row, context) -> value(place, row)).list();
        });
  }

  private static SealedValue value(SealedPlace place, ResultSet row) throws SQLException {
    List<Object> key = new ArrayList<>();
    for (String column : place.key()) {
      key.add(row.getObject(column));
    }
    return new SealedValue(place, key, Columns.bytes(row, place.column()), place.boundTo().of(row));
  }

  /** Puts a value in the place of one that is still there; false when it is not. */
  public boolean replace(Handle tx, SealedValue old, Bytes sealed) {
    List<Object> values = new ArrayList<>();
    values.add(sealed.toArray());
    values.addAll(old.key());
    values.add(old.sealed().toArray());
    return tx.execute(old.place().replace(), values.toArray()) == 1;
  }
}
