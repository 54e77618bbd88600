package io.cloudconnector.host.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where a request comes from, as far as one caller can be told from another: an address or, of
 * IPv6, the /64 from which a single caller may take any address.
 */
record Source(String text) {
  private static final int NETWORK_BYTES = 8;

  static Source of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return new Source(address.getHostAddress());
    }
    byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), 16);
    try {
      return new Source(InetAddress.getByAddress(network).getHostAddress() + "/64");
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen bytes are an address", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
