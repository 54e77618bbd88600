package io.cloudconnector.host.cli;

import io.cloudconnector.host.config.Loopback;
import io.cloudconnector.host.config.ServerSettings;
import io.cloudconnector.host.config.StartupException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Where a running host is called. */
final class HostAddress {
  /** Listening at every address; calling one of them is enough. */
  private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]");

  private HostAddress() {}

  /** Of an operator's {@code --url}; never ends in a slash. */
  static URI of(String text) {
    URI url = parsed(text).orElseThrow(() -> refused(text, "is no address of a host"));
    if (!url.getScheme().equals("https") && !Loopback.is(url.getHost())) {
      throw refused(text, "would carry the API key in clear over the network");
    }
    return URI.create(url.toString().replaceAll("/+$", ""));
  }

  private static Optional<URI> parsed(String text) {
    try {
      URI url = new URI(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean plain =
          url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
      return web && plain && url.getHost() != null ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static StartupException refused(String text, String fault) {
    return StartupException.configuration(
        "--url " + text + " " + fault + "; write http://127.0.0.1:8080 or https://HOST");
  }

  /** Of the host that is served with this configuration on this machine. */
  static URI of(ServerSettings server) {
    if (server.port() == 0) {
      throw StartupException.configuration(
          "server.port is 0, so only the running host's log tells its port; name it with --url");
    }
    String host = ANY.contains(server.host()) ? "127.0.0.1" : server.host();
    boolean bare = host.contains(":") && !host.startsWith("[");
    String scheme = server.tls().isPresent() ? "https://" : "http://";
    return URI.create(scheme + (bare ? "[" + host + "]" : host) + ":" + server.port());
  }
}
