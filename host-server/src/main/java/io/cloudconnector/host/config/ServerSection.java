package io.cloudconnector.host.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the section {@code server}. */
final class ServerSection {
  private ServerSection() {}

  static ServerSettings read(Section section, Places places, Findings findings) {
    String host = section.optional("host", Readings::host).orElse("127.0.0.1");
    int port = section.optional("port", Readings::port).orElse(8080);
    URI publicUrl = section.required("publicUrl", WebUrls::base, "https://connect.example.com");
    OptionalInt management =
        section
            .optional("managementPort", Readings::port)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty());
    if (port != 0 && management.equals(OptionalInt.of(port))) {
      section.problem(
          "managementPort", "is the same as port", "take another, or leave the key out to share");
    }
    if (Loopback.is(publicUrl.getHost())) {
      findings.warn(
          "server.publicUrl leads to this machine itself: vendors' webhooks cannot arrive, and no"
              + " vendor elsewhere is asked to send any. What changes is found only by looking through each vendor"
              + " from time to time (reconcile); for webhooks give an address that the world reaches");
    }
    return new ServerSettings(
        host, port, publicUrl, management, tls(section, places), proxies(section));
  }

  private static Optional<TlsSettings> tls(Section server, Places places) {
    return server.find("tls").flatMap(value -> value.section(section -> tlsIn(section, places)));
  }

  private static Optional<TlsSettings> tlsIn(Section section, Places places) {
    section.reportIfAbsent("keystore", "/etc/connector-host/tls.p12");
    section.reportIfAbsent("password", "\"${CONNECTOR_TLS_PASSWORD}\"");
    return section
        .optional("keystore", places::path)
        .flatMap(
            keystore ->
                section
                    .optional("password", Readings::secret)
                    .map(password -> new TlsSettings(keystore, password)));
  }

  private static ProxySettings proxies(Section section) {
    List<AddressRange> trusted = new ArrayList<>();
    section
        .items("trustedProxies")
        .forEach(item -> item.read(ServerSection::range).ifPresent(trusted::add));
    ForwardedHeader header =
        section
            .optional("forwardedHeader", ServerSection::header)
            .orElse(ForwardedHeader.X_FORWARDED_FOR);
    return new ProxySettings(trusted, header);
  }

  private static AddressRange range(String text) {
    try {
      AddressRange range = AddressRange.parse(text);
      if (range.bits() > 0) {
        return range;
      }
    } catch (IllegalArgumentException _) {
      throw new BadValueException(
          "is no address and no range of addresses", "write one such as 127.0.0.1 or 10.0.0.0/8");
    }
    throw new BadValueException(
        "is every address there is, so anybody could say to be anybody",
        "write those of your proxies, such as 127.0.0.1");
  }

  private static ForwardedHeader header(String text) {
    for (ForwardedHeader header : ForwardedHeader.values()) {
      if (header.field().equalsIgnoreCase(text)) {
        return header;
      }
    }
    throw new BadValueException(
        "is no header that names callers", "write X-Forwarded-For or Forwarded");
  }
}
