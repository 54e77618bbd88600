package io.cloudconnector.host.acme;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.Secret;
import java.util.concurrent.atomic.AtomicInteger;

/** Begins a walk and fails at everything else, each time with all that it knows. */
record TalkativeLinking(Linking real, AtomicInteger kind) implements Linking {
  @Override
  public LinkStep begin(LinkRequest request) {
    return real.begin(request);
  }

  @Override
  public Linked complete(LinkRequest request, LinkAnswer answer) {
    throw slip(
        request.state() + " " + request.codeVerifier() + " " + answer.parameter("code").orElse(""));
  }

  @Override
  public Refreshed refresh(RefreshRequest request) {
    throw slip(words(request.current()));
  }

  @Override
  public Revoked revoke(Connection connection) {
    throw slip(words(connection.credentials()));
  }

  private static String words(Credentials credentials) {
    return credentials.accessToken().reveal()
        + " "
        + credentials.refreshToken().map(Secret::reveal).orElse("");
  }

  private RuntimeException slip(String words) {
    return Slips.slip(kind.getAndIncrement(), words);
  }
}
