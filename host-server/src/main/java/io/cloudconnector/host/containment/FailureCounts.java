package io.cloudconnector.host.containment;

import io.cloudconnector.api.VendorType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often each method of one connector failed in a row, by a fault of its own. Counted by method:
 * one that always works would hide another that never does. Thread-safe.
 */
final class FailureCounts {
  private static final Logger log = LoggerFactory.getLogger(FailureCounts.class);

  /** So many in a row are no accident. */
  static final int TOO_MANY = 20;

  private final Map<ConnectorCall, AtomicInteger> inARow = new EnumMap<>(ConnectorCall.class);
  private final VendorType vendor;

  FailureCounts(VendorType vendor) {
    this.vendor = vendor;
    for (ConnectorCall call : ConnectorCall.values()) {
      inARow.put(call, new AtomicInteger());
    }
  }

  void worked(ConnectorCall call) {
    AtomicInteger count = of(call);
    if (count.get() != 0 && count.getAndSet(0) >= TOO_MANY) {
      log.atInfo()
          .addKeyValue("vendor", vendor)
          .log("{} of the connector works again", call.method());
    }
  }

  void failed(ConnectorCall call, String how) {
    if (of(call).incrementAndGet() == TOO_MANY) {
      log.atError()
          .addKeyValue("vendor", vendor)
          .log(
              "{} of the connector has failed {} times in a row, the last time with {}; what needs"
                  + " it waits or is refused, and everything else goes on",
              call.method(),
              TOO_MANY,
              how);
    }
  }

  /** The methods that fail over and over. */
  List<String> tooMany() {
    return Arrays.stream(ConnectorCall.values())
        .filter(call -> of(call).get() >= TOO_MANY)
        .map(ConnectorCall::method)
        .toList();
  }

  private AtomicInteger of(ConnectorCall call) {
    return Objects.requireNonNull(inARow.get(call));
  }
}
