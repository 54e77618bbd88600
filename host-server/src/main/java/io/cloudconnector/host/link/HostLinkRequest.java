package io.cloudconnector.host.link;

import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.VendorHttp;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Both halves of a walk see the same values; {@code toString} shows none of them. */
record HostLinkRequest(
    String state,
    URI redirectUri,
    String codeVerifier,
    Map<String, String> options,
    VendorHttp http)
    implements LinkRequest {
  @Override
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  @Override
  public String toString() {
    return "link request to " + redirectUri;
  }
}
