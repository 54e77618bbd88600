package io.cloudconnector.testkit;

import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.VendorHttp;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One attempt to link, with a state and a code verifier made up. Immutable. */
public final class FakeLinkRequest implements LinkRequest {
  private final VendorHttp http;
  private final Map<String, String> options;

  private FakeLinkRequest(VendorHttp http, Map<String, String> options) {
    this.http = http;
    this.options = Map.copyOf(options);
  }

  public static FakeLinkRequest with(FakeContext context) {
    return new FakeLinkRequest(context.http(), Map.of());
  }

  /** A copy with an option that the application passed with the link. */
  public FakeLinkRequest option(String name, String value) {
    Map<String, String> more = new HashMap<>(options);
    more.put(name, value);
    return new FakeLinkRequest(http, more);
  }

  @Override
  public String state() {
    return "made-up-state-0123456789-abcdefghijklmnop";
  }

  @Override
  public URI redirectUri() {
    return URI.create("https://connect.example.com/oauth/vendor/callback");
  }

  @Override
  public String codeVerifier() {
    return "made-up-code-verifier-0123456789-abcdefghijklmnop";
  }

  @Override
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  @Override
  public VendorHttp http() {
    return http;
  }
}
