package io.cloudconnector.host.vault;

import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.KeyRotationRow;
import io.cloudconnector.host.store.KeyRotationStore;
import io.cloudconnector.host.store.SealedValue;
import io.cloudconnector.host.store.SealedValues;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals anew, under the first key, all that is sealed under another, while the host serves. It is
 * asked for once and then goes on by a schedule until it is over, whatever dies meanwhile. A value
 * that somebody else replaced between its reading and its writing is left to the next pass; so
 * several hosts may do this at once, and the work is shared rather than done twice. Thread-safe.
 */
public final class KeyRotation {
  private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);

  /** So many are replaced in one transaction. */
  private static final int BATCH = 100;

  /** Others may seal under an older key for as long as their configuration is an older one. */
  private static final int MOST_PASSES = 5;

  private final Database database;
  private final Vault vault;
  private final SealedValues values;
  private final KeyRotationStore rotations;
  private final AuditLog audit;
  private final InstantSource clock;

  public KeyRotation(Database database, Vault vault, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.vault = vault;
    this.values = new SealedValues(database);
    this.rotations = new KeyRotationStore(database);
    this.audit = audit;
    this.clock = clock;
  }

  /** Asks for it; false when it is under way already. */
  public boolean start(Actor by) {
    boolean started =
        database.write(
            tx -> {
              boolean begun = rotations.start(tx, vault.firstKeyId(), clock.instant());
              if (begun) {
                audit.add(
                    tx, Deed.of(by, Action.KEY_ROTATION_STARTED).with("key", vault.firstKeyId()));
              }
              return begun;
            });
    if (started) {
      log.atInfo().log("All that is sealed is sealed anew under key {}", vault.firstKeyId());
    }
    return started;
  }

  public Optional<KeyRotationRow> newest() {
    return rotations.find();
  }

  /** The first key's id. */
  public String firstKeyId() {
    return vault.firstKeyId();
  }

  /** How many values each key seals, those included that are configured and seal none. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    vault.keyIds().forEach(id -> counts.put(id, 0L));
    counts.putAll(values.counts());
    return counts;
  }

  /** Whether values under this key can be opened here. */
  public boolean isConfigured(String keyId) {
    return vault.keyIds().contains(keyId);
  }

  /** Goes on with what was asked for, if it is not over. */
  public void runDue() {
    boolean due =
        rotations
            .find()
            .filter(row -> row.endedAt() == null && row.keyId().equals(vault.firstKeyId()))
            .isPresent();
    if (due) {
      run();
    }
  }

  private void run() {
    long unreadable = 0;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      unreadable = pass();
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      if (underOtherKeys() == unreadable) {
        break;
      }
    }
    if (rotations.end(vault.firstKeyId(), unreadable, clock.instant())) {
      tell(unreadable);
    }
  }

  /** Returns how many values could not be opened. */
  private long pass() {
    long unreadable = 0;
    List<SealedValue> page = values.notUnder(vault.firstKeyId(), Optional.empty(), BATCH);
    while (!page.isEmpty() && !Thread.currentThread().isInterrupted()) {
      unreadable += reseal(page);
      page = values.notUnder(vault.firstKeyId(), Optional.of(page.getLast()), BATCH);
    }
    return unreadable;
  }

  private long reseal(List<SealedValue> page) {
    Map<SealedValue, Bytes> anew = new LinkedHashMap<>();
    page.forEach(value -> resealed(value).ifPresent(bytes -> anew.put(value, bytes)));
    database.execute(
        tx -> {
          long done = 0;
          for (Map.Entry<SealedValue, Bytes> one : anew.entrySet()) {
            done += values.replace(tx, one.getKey(), one.getValue()) ? 1 : 0;
          }
          rotations.count(tx, vault.firstKeyId(), done);
        });
    return (long) page.size() - anew.size();
  }

  private Optional<Bytes> resealed(SealedValue value) {
    try {
      byte[] plain = vault.open(value.sealed().toArray(), value.boundTo());
      return Optional.of(Bytes.of(vault.seal(plain, value.boundTo())));
    } catch (VaultException e) {
      log.atError().log("{}: it is left as it is", e.getMessage());
      return Optional.empty();
    }
  }

  private long underOtherKeys() {
    Map<String, Long> counts = values.counts();
    counts.remove(vault.firstKeyId());
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private void tell(long unreadable) {
    if (unreadable == 0) {
      log.atInfo().log(
          "All is sealed anew; a key that seals nothing may leave the configuration now");
    } else {
      log.atError().log("{} value(s) could not be sealed anew: their keys must stay", unreadable);
    }
  }
}
