package io.cloudconnector.core;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorState;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.Intake;
import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.RateLimits;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorConfig;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookReply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The host's side of a vendor named {@code acme} whose server is a {@link VendorServer}. */
final class TestVendor implements ConnectorContext, VendorConfig, AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  static final String CLIENT_SECRET = "client+secret/&=";

  final VendorServer server = new VendorServer();
  final Map<String, URI> endpoints = new LinkedHashMap<>();
  Set<String> scopes = Set.of("read:sleep", "offline");
  private final VendorHttpClient client;
  private final VendorHttp http;

  TestVendor() {
    endpoints.put("base", URI.create(server.url("/api")));
    endpoints.put("auth", URI.create(server.url("/auth")));
    endpoints.put("token", URI.create(server.url("/token")));
    endpoints.put("revoke", URI.create(server.url("/revoke")));
    Descriptor.Builder acme = Descriptor.builder(vendor(), "Acme");
    endpoints.forEach((name, address) -> acme.endpoint(name, address.toString()));
    client = VendorHttpClient.create(DeclaredHosts.of(acme.build(), this), "acme-tests");
    http = client.with(CallGate.open(), Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  @Override
  public VendorConfig config() {
    return this;
  }

  @Override
  public VendorHttp http() {
    return http;
  }

  @Override
  public ConnectorState state() {
    throw new AssertionError("nothing here keeps state");
  }

  @Override
  public RateLimits limits() {
    return new RateLimits() {
      @Override
      public boolean allows(Connection connection, int calls) {
        return calls == 1;
      }

      @Override
      public List<LimitStatus> status(Connection connection) {
        return List.of();
      }
    };
  }

  @Override
  public Intake intake() {
    return request -> WebhookReply.status(202);
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(NOW);
  }

  @Override
  public VendorType vendor() {
    return new VendorType("acme");
  }

  @Override
  public String clientId() {
    return "client id";
  }

  @Override
  public Secret clientSecret() {
    return Secret.of(CLIENT_SECRET);
  }

  @Override
  public List<Secret> webhookSecrets() {
    return List.of(clientSecret());
  }

  @Override
  public Optional<URI> endpoint(String name) {
    return Optional.ofNullable(endpoints.get(name));
  }

  @Override
  public Set<String> scopes() {
    return scopes;
  }

  @Override
  public List<RateLimitConfig> rateLimits() {
    return List.of();
  }

  @Override
  public Optional<Duration> webhookTolerance() {
    return Optional.of(Duration.ofMinutes(5));
  }

  @Override
  public Optional<String> setting(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<Secret> secretSetting(String name) {
    return Optional.empty();
  }

  Attempt attempt() {
    return new Attempt(http);
  }

  Refresh refresh(Credentials current) {
    return new Refresh(current, http);
  }

  Link link(Credentials... oneAfterTheOther) {
    return new Link(http, new ArrayList<>(List.of(oneAfterTheOther)));
  }

  static LinkAnswer answer(Map<String, String> parameters) {
    return new LinkAnswer() {
      @Override
      public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
      }

      @Override
      public Optional<Secret> flowState() {
        return Optional.empty();
      }
    };
  }

  record Attempt(VendorHttp http) implements LinkRequest {
    /** The example of RFC 7636 appendix B. */
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    static final String STATE = "state-0123456789-0123456789-0123";

    @Override
    public String state() {
      return STATE;
    }

    @Override
    public URI redirectUri() {
      return URI.create("https://connect.example.com/oauth/acme/callback?a=1&b=2");
    }

    @Override
    public String codeVerifier() {
      return VERIFIER;
    }

    @Override
    public Optional<String> option(String name) {
      return Optional.empty();
    }
  }

  record Refresh(Credentials current, VendorHttp http) implements RefreshRequest {
    @Override
    public Set<String> scopes() {
      return Set.of("read:sleep");
    }
  }

  /** A connection whose renewals are written down in advance. */
  record Link(VendorHttp http, List<Credentials> credentialsInOrder) implements Connection {
    @Override
    public String userId() {
      return "user";
    }

    @Override
    public Set<String> accountIds() {
      return Set.of("known");
    }

    @Override
    public Set<String> scopes() {
      return Set.of();
    }

    @Override
    public Credentials credentials() {
      if (credentialsInOrder.isEmpty()) {
        throw new TokenException("the person has to link again");
      }
      return credentialsInOrder.getFirst();
    }

    @Override
    public Credentials renewed(Credentials rejected) {
      if (credentialsInOrder.removeFirst() != rejected) {
        throw new AssertionError("not the rejected credentials");
      }
      return credentials();
    }

    @Override
    public void end() {
      credentialsInOrder.clear();
    }
  }
}
