package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Whose accounts these are, as far as that is plain: linked by one user, and with nothing that
 * still waits for its owner, behind which what comes now has to queue.
 */
final class AccountOwners {
  /** Databases take no endless lists of values. */
  private static final int AT_ONCE = 512;

  private record Account(VendorType vendor, String id) {}

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
    for (int from = 0; from < accounts.size(); from += AT_ONCE) {
      List<Account> some = accounts.subList(from, Math.min(accounts.size(), from + AT_ONCE));
      found.read(tx, padded(some));
      found.removeWaiting(tx, padded(some));
    }
    return found;
  }

  private void read(Handle tx, List<Account> asked) {
    String pairs =
        asked.stream().map(_ -> "(?, ?)").collect(Collectors.joining(", ", "VALUES ", ""));
    Query query =
        tx.createQuery(
            """
            SELECT a.vendor, a.account_id, MIN(a.user_id) AS user_id FROM connection_account a
              JOIN connection c ON c.vendor = a.vendor AND c.user_id = a.user_id
              WHERE (a.vendor, a.account_id) IN (%s) AND c.status <> 'REVOKED'
              GROUP BY a.vendor, a.account_id HAVING COUNT(*) = 1
            """
                .formatted(pairs));
    int at = 0;
    for (Account account : asked) {
      query.bind(at++, account.vendor().name()).bind(at++, account.id());
    }
    query
        .map(
            (row, context) ->
                Map.entry(
                    new Account(Columns.vendor(row), row.getString("account_id")),
                    row.getString("user_id")))
        .forEach(entry -> owners.put(entry.getKey(), entry.getValue()));
  }

  private void removeWaiting(Handle tx, List<Account> asked) {
    Query query =
        tx.createQuery(
            "SELECT line FROM inbox_line WHERE line IN (%s)"
                .formatted(String.join(", ", Collections.nCopies(asked.size(), "?"))));
    int at = 0;
    for (Account account : asked) {
      query.bind(at++, InboxRows.accountLine(account.vendor(), account.id()));
    }
    Set<String> waiting = query.mapTo(String.class).collect(Collectors.toSet());
    owners
        .keySet()
        .removeIf(
            account -> waiting.contains(InboxRows.accountLine(account.vendor(), account.id())));
  }

  /**
   * Filled up to a power of two with repetitions, so that there are few different statements, which
   * need not be parsed again each time.
   */
  private static List<Account> padded(List<Account> some) {
    List<Account> list = new ArrayList<>(some);
    Account last = list.getLast();
    while (Integer.bitCount(list.size()) != 1) {
      list.add(last);
    }
    return list;
  }

  /** The entry in the line of its owner, where there is one. */
  InboxEntry place(InboxEntry entry) {
    String owner =
        entry.userId() == null ? owners.get(new Account(entry.vendor(), entry.accountId())) : null;
    return owner == null ? entry : entry.of(owner);
  }
}
