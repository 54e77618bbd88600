package io.cloudconnector.host.limit;

import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.LimitStore;
import io.cloudconnector.host.store.LimitUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Puts our count right by the vendor's. Whatever the vendor has counted and we have not, somebody
 * else used, and it counts until the vendor's reset. The comparison errs towards too little: ours
 * holds all calls since one window before the question was sent, answered or on their way, because
 * nobody knows which of them the vendor had counted when it wrote the answer. Later answers make up
 * for it, and one that says nothing is left stops the scope anyway.
 *
 * <p>A vendor that has counted fewer is believed about those only that a dead host left on their
 * way; what was answered stays counted, so that the configured limit holds in every window.
 *
 * <p>A reading whose window is none of ours, or that could be of several, is left aside.
 */
final class Corrections {
  private final LimitStore store;
  private final VendorType vendor;
  private final List<Window> windows;
  private final ScopeReader scopes;

  Corrections(LimitStore store, VendorType vendor, List<Window> windows, ScopeReader scopes) {
    this.store = store;
    this.vendor = vendor;
    this.windows = windows;
    this.scopes = scopes;
  }

  /** Needs the vendor's lock, and the answered call counted. */
  void apply(Handle tx, Answer answer, LimitReading reading) {
    if (reading.resetAt().isAfter(answer.at())) {
      window(reading).ifPresent(window -> apply(tx, answer, reading, window));
    }
  }

  private Optional<Window> window(LimitReading reading) {
    List<Window> meant =
        windows.stream()
            .filter(window -> window.limit().tag().isEmpty())
            .filter(window -> window.limit().isPerConnection() == reading.isPerConnection())
            .filter(
                window -> reading.window().map(window.limit().timeWindow()::equals).orElse(true))
            .toList();
    return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
  }

  private void apply(Handle tx, Answer answer, LimitReading reading, Window window) {
    String scope = Scopes.of(reading.isPerConnection(), answer.userId());
    List<LimitUse> uses = scopes.read(tx, scope, answer.sentAt()).uses();
    int max = window.limit().maxRequests();
    long vendors = (long) max - Math.clamp(reading.remaining(), 0, max);
    long ours = window.used(uses, answer.sentAt());
    Instant counted = endingAt(reading.resetAt(), answer.at(), window);
    if (vendors > ours) {
      int missing = (int) (vendors - ours);
      store.add(tx, vendor, List.of(new LimitUse(scope, "", missing, counted, false)));
    } else if (ours - window.used(left(uses, answer.at()), answer.sentAt()) >= vendors) {
      store.endHolds(tx, vendor, scope, counted, answer.at(), counted);
    }
  }

  /** What a dead host left behind: all others would have settled it. */
  private static List<LimitUse> left(List<LimitUse> uses, Instant now) {
    return uses.stream().filter(use -> use.held() && !use.at().isAfter(now)).toList();
  }

  /** The date of a use that stops counting at the vendor's reset. */
  private static Instant endingAt(Instant reset, Instant now, Window window) {
    Duration length = window.limit().timeWindow();
    Instant at = reset.minus(length);
    return window.limit().isAligned() || at.isAfter(now) ? now : at;
  }
}
