package io.cloudconnector.core;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.UndeclaredHostException;
import io.cloudconnector.api.VendorConfig;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where one connector may call: the origins (scheme, host and port) of its effective endpoints, and
 * its other allowed hosts over HTTPS on the usual port. Plain HTTP only to a loopback host that an
 * endpoint names. Immutable.
 */
public final class DeclaredHosts {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::|(0{1,4}:){7})0{0,3}1]");

  private final Set<String> origins;

  private DeclaredHosts(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /**
   * The hosts that a descriptor declares and the operator's addresses add.
   *
   * @throws IllegalArgumentException when an endpoint is neither HTTPS nor HTTP to a loopback host
   */
  public static DeclaredHosts of(Descriptor descriptor, VendorConfig config) {
    Set<String> origins = new HashSet<>();
    for (String name : descriptor.endpoints().keySet()) {
      config.endpoint(name).ifPresent(address -> origins.add(endpointOrigin(name, address)));
    }
    descriptor.allowedHosts().forEach(host -> origins.add(origin("https", host, -1)));
    return new DeclaredHosts(origins);
  }

  private static String endpointOrigin(String name, URI address) {
    String host = address.getHost();
    boolean secure = "https".equals(address.getScheme());
    boolean local = "http".equals(address.getScheme()) && host != null && isLoopback(host);
    if (host == null || !(secure || local)) {
      throw new IllegalArgumentException(
          "endpoint '" + name + "' must be an https address (http only on a loopback host)");
    }
    return origin(address.getScheme(), host, address.getPort());
  }

  /**
   * Refuses an address outside.
   *
   * @throws UndeclaredHostException naming only the host
   */
  public void check(URI address) {
    String host = address.getHost();
    if (host == null || !origins.contains(origin(address.getScheme(), host, address.getPort()))) {
      throw new UndeclaredHostException(
          "the connector did not declare calls to '"
              + host
              + "' over this scheme and port: name an endpoint or an allowed host in its descriptor");
    }
  }

  private static String origin(String scheme, String host, int port) {
    int effective = port != -1 ? port : "https".equals(scheme) ? 443 : 80;
    return scheme + "://" + host.toLowerCase(Locale.ROOT) + ":" + effective;
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
