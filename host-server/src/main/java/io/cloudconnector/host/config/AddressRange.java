package io.cloudconnector.host.config;

import java.net.InetAddress;
import java.util.Objects;

/**
 * Addresses that begin alike, as in {@code 10.0.0.0/8}. Immutable.
 *
 * @param bits how many leading bits count; all of them for a single address
 */
public record AddressRange(InetAddress first, int bits) {
  public AddressRange {
    Objects.requireNonNull(first);
    if (bits < 0 || bits > first.getAddress().length * 8) {
      throw new IllegalArgumentException("an address has no " + bits + " bits");
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
   *
   * @throws IllegalArgumentException for anything else; no name is looked up
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int bits =
        slash < 0 ? first.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1));
    return new AddressRange(first, bits);
  }

  /** Whether an address is one of these; never for one of the other family. */
  public boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
