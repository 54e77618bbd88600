package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Whose accounts these are, as far as that is plain: linked by one user, and with nothing that
 * still waits for its owner, behind which what comes now has to queue.
 */
final class AccountOwners {
  private static final int COLUMNS = 3;

  private record Account(VendorType vendor, String id) {}

  private record Owned(Account account, @Nullable String owner) {}

  private final Map<Account, String> owners = new HashMap<>();

  private AccountOwners() {}

  static AccountOwners of(Handle tx, List<InboxEntry> entries) {
    AccountOwners found = new AccountOwners();
    List<Account> accounts =
        entries.stream()
            .filter(entry -> entry.userId() == null)
            .map(entry -> new Account(entry.vendor(), entry.accountId()))
            .distinct()
            .toList();
    DirectSql.pieces(accounts).forEach(piece -> found.read(tx, piece));
    return found;
  }

  private void read(Handle tx, List<Account> asked) {
    Object[] values = new Object[asked.size() * COLUMNS];
    int at = 0;
    for (Account account : asked) {
      values[at++] = account.vendor().name();
      values[at++] = account.id();
      values[at++] = InboxRows.accountLine(account.vendor(), account.id());
    }
    DirectSql.query(
            tx,
            """
            WITH asked (vendor, account_id, line) AS (VALUES %s)
            SELECT q.vendor, q.account_id,
                (SELECT MIN(a.user_id) FROM connection_account a
                   JOIN connection c ON c.vendor = a.vendor AND c.user_id = a.user_id
                   WHERE a.vendor = q.vendor AND a.account_id = q.account_id
                     AND c.status <> 'REVOKED'
                   HAVING COUNT(*) = 1) AS owner
              FROM asked q
              WHERE NOT EXISTS (SELECT 1 FROM inbox_line l WHERE l.line = q.line)
            """
                .formatted(DirectSql.places(asked.size(), COLUMNS)),
            values,
            row ->
                new Owned(
                    new Account(new VendorType(row.getString(1)), row.getString(2)),
                    Columns.textOrNull(row, "owner")))
        .forEach(this::note);
  }

  private void note(Owned owned) {
    String owner = owned.owner();
    if (owner != null) {
      owners.put(owned.account(), owner);
    }
  }

  /** The entry in the line of its owner, where there is one. */
  InboxEntry place(InboxEntry entry) {
    String owner =
        entry.userId() == null ? owners.get(new Account(entry.vendor(), entry.accountId())) : null;
    return owner == null ? entry : entry.of(owner);
  }
}
