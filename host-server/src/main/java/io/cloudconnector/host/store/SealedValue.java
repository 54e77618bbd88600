package io.cloudconnector.host.store;

import java.util.List;

/**
 * A sealed value and where it lies.
 *
 * @param boundTo the associated data it was sealed with
 */
public record SealedValue(SealedPlace place, List<Object> key, Bytes sealed, String boundTo) {
  public SealedValue {
    key = List.copyOf(key);
  }
}
