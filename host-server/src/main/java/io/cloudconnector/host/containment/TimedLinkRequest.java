package io.cloudconnector.host.containment;

import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.VendorHttp;
import java.net.URI;
import java.util.Optional;

/** See {@link HostTime}. */
record TimedLinkRequest(LinkRequest request) implements LinkRequest {
  @Override
  public String state() {
    return request.state();
  }

  @Override
  public URI redirectUri() {
    return request.redirectUri();
  }

  @Override
  public String codeVerifier() {
    return request.codeVerifier();
  }

  @Override
  public Optional<String> option(String name) {
    return request.option(name);
  }

  @Override
  public VendorHttp http() {
    return HostTime.of(request.http());
  }

  @Override
  public String toString() {
    return request.toString();
  }
}
