package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, for the audit log. Immutable; withers return copies.
 *
 * @param vendor null where it is about none, or about several
 * @param userId whom it is about; null where about nobody, or about somebody who was deleted since
 * @param detail more, by name; no secrets
 */
public record Deed(
    Actor by,
    Action action,
    @Nullable VendorType vendor,
    @Nullable String userId,
    Map<String, String> detail) {
  public Deed {
    detail = Map.copyOf(detail);
  }

  public static Deed of(Actor by, Action action) {
    return new Deed(by, action, null, null, Map.of());
  }

  public Deed at(@Nullable VendorType of) {
    return new Deed(by, action, of, userId, detail);
  }

  public Deed about(@Nullable String user) {
    return new Deed(by, action, vendor, user, detail);
  }

  public Deed with(String name, String value) {
    Map<String, String> more = new TreeMap<>(detail);
    more.put(name, value);
    return new Deed(by, action, vendor, userId, more);
  }
}
