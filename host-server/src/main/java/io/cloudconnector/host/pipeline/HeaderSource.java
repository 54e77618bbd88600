package io.cloudconnector.host.pipeline;

import java.util.List;
import java.util.Map;

/** A request that can show all its headers, so that quarantine keeps what a later replay needs. */
public interface HeaderSource {
  /** All values by name. */
  Map<String, List<String>> headers();
}
