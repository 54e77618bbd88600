package io.cloudconnector.core;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.VendorConfig;
import java.net.URI;

/** The effective addresses of one vendor. */
record Endpoints(VendorConfig config) {
  static Endpoints of(VendorConfig config) {
    return new Endpoints(config);
  }

  URI named(String name) {
    return config
        .endpoint(name)
        .orElseThrow(
            () ->
                new ConnectorException(
                    "the connector of "
                        + config.vendor()
                        + " declares no endpoint '"
                        + name
                        + "': add it to its descriptor"));
  }

  URI below(String name, String path) {
    String base = named(name).toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return URI.create(root + path);
  }
}
