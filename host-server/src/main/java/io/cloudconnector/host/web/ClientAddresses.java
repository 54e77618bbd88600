package io.cloudconnector.host.web;

import io.cloudconnector.host.config.ForwardedHeader;
import io.cloudconnector.host.config.ProxySettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells where a request really comes from. What a header says counts only from a proxy that the
 * operator trusts, and of its list only what such proxies wrote: read from the right, up to the
 * first address that is none of theirs. Whatever stands before that, the caller may have made up.
 */
final class ClientAddresses {
  private static final Pattern BRACKETED = Pattern.compile("\\[([^]]*)](:[0-9]+)?");
  private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):[0-9]+");
  private static final Pattern FOR =
      Pattern.compile("(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^;\"\\s]*))", Pattern.CASE_INSENSITIVE);

  private final ProxySettings proxies;

  ClientAddresses(ProxySettings proxies) {
    this.proxies = proxies;
  }

  Source of(HttpServletRequest request) {
    InetAddress peer =
        address(request.getRemoteAddr())
            .orElseThrow(() -> new IllegalStateException("a connection has an address"));
    return Source.of(proxies.trusts(peer) ? behind(peer, request) : peer);
  }

  private InetAddress behind(InetAddress proxy, HttpServletRequest request) {
    InetAddress nearest = proxy;
    for (String told : fromTheRight(request)) {
      Optional<InetAddress> next = address(told);
      if (next.isEmpty()) {
        return nearest;
      }
      nearest = next.get();
      if (!proxies.trusts(nearest)) {
        return nearest;
      }
    }
    return nearest;
  }

  private List<String> fromTheRight(HttpServletRequest request) {
    ForwardedHeader header = proxies.header();
    List<String> told = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders(header.field()))) {
      for (String element : line.split(",", -1)) {
        told.add(header == ForwardedHeader.FORWARDED ? forIn(element) : element);
      }
    }
    return told.reversed();
  }

  private static String forIn(String element) {
    Matcher found = FOR.matcher(element);
    if (!found.find()) {
      return "";
    }
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  /** An address as headers and connections write it; no name is ever looked up. */
  private static Optional<InetAddress> address(String text) {
    String bare = text.strip();
    // Most are plain IPv4, and this is asked for each request.
    if (bare.indexOf(':') >= 0) {
      bare = undressed(bare);
    }
    int scope = bare.indexOf('%');
    try {
      return Optional.of(InetAddress.ofLiteral(scope < 0 ? bare : bare.substring(0, scope)));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static String undressed(String text) {
    for (Pattern dressed : List.of(BRACKETED, WITH_PORT)) {
      Matcher matcher = dressed.matcher(text);
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    return text;
  }
}
