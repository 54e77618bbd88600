package io.cloudconnector.host.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/**
 * Whose word counts about where a request came from. Immutable.
 *
 * @param trusted empty: nobody's
 * @param header the one that these proxies write. Not both: a proxy that writes one passes on what
 *     a caller made up in the other
 */
public record ProxySettings(List<AddressRange> trusted, ForwardedHeader header) {
  public static final ProxySettings NONE =
      new ProxySettings(List.of(), ForwardedHeader.X_FORWARDED_FOR);

  public ProxySettings {
    trusted = List.copyOf(trusted);
    Objects.requireNonNull(header);
  }

  /** Whether this is one of the proxies. */
  public boolean trusts(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }
}
