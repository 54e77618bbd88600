package io.cloudconnector.host.store;

import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/** All that is sealed in the database, whichever table it is in. */
public final class SealedValues {
  /** A sealed value begins with a byte for its form and four for the id of its key. */
  private static final String KEY_IDS =
      """
      SELECT substr(credentials, 2, 4) AS key_id FROM connection WHERE credentials IS NOT NULL
        UNION SELECT substr(credentials, 2, 4) FROM revocation
        UNION SELECT substr(replies, 2, 4) FROM refresh WHERE replies IS NOT NULL
        UNION SELECT substr(secrets, 2, 4) FROM link_flow
        UNION SELECT substr(sealed, 2, 4) FROM connector_state
      """;

  private final Database database;

  public SealedValues(Database database) {
    this.database = database;
  }

  /** The ids of the keys without which something could not be opened, as hexadecimal digits. */
  public Set<String> keyIds() {
    return database.read(
        handle ->
            handle
                .createQuery(KEY_IDS)
                .map((row, context) -> HexFormat.of().formatHex(row.getBytes("key_id")))
                .collect(Collectors.toUnmodifiableSet()));
  }
}
