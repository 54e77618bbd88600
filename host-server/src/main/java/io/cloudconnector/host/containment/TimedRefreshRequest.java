package io.cloudconnector.host.containment;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.VendorHttp;
import java.util.Set;

/** See {@link HostTime}. */
record TimedRefreshRequest(RefreshRequest request) implements RefreshRequest {
  @Override
  public Credentials current() {
    return request.current();
  }

  @Override
  public Set<String> scopes() {
    return request.scopes();
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
