package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A genuine webhook request that nobody could read.
 *
 * @param headers all values by header name
 * @param body exactly as received
 * @param why for the operator
 */
public record NewQuarantine(
    VendorType vendor,
    Instant receivedAt,
    String method,
    String url,
    Map<String, List<String>> headers,
    Bytes body,
    String why) {
  public NewQuarantine {
    Map<String, List<String>> copies = new TreeMap<>();
    headers.forEach((name, values) -> copies.put(name, List.copyOf(values)));
    headers = Collections.unmodifiableMap(copies);
  }

  /** Header values may be signatures, so only the size of the parts is told. */
  @Override
  public String toString() {
    return "NewQuarantine[vendor=%s, receivedAt=%s, method=%s, headers=%d, body=%s]"
        .formatted(vendor, receivedAt, method, headers.size(), body);
  }
}
