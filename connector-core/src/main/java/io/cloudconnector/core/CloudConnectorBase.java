package io.cloudconnector.core;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What most connectors extend. Three methods are left to write: {@link #verifyWebhook}, {@link
 * #parseEvents} and {@link #fetchData}; {@link #document} does most of the last. Thread-safe as
 * long as the subclass keeps no changing state.
 */
public abstract class CloudConnectorBase implements CloudConnector {
  private final ConnectorContext context;
  private final Linking linking;

  /** For a vendor that speaks OAuth 2.0. */
  protected CloudConnectorBase(ConnectorContext context, OAuth oauth) {
    this(context, oauth.bind(context));
  }

  /** For a vendor that is linked in a way of its own. */
  protected CloudConnectorBase(ConnectorContext context, Linking linking) {
    this.context = context;
    this.linking = linking;
  }

  @Override
  public final Linking linking() {
    return linking;
  }

  @Override
  public abstract boolean verifyWebhook(WebhookRequest request);

  @Override
  public abstract List<WebhookEvent> parseEvents(WebhookRequest request);

  @Override
  public abstract FetchResult fetchData(Connection connection, Resource resource);

  /** {@link Linking#begin}. */
  public final LinkStep buildAuthorizationUrl(LinkRequest request) {
    return linking.begin(request);
  }

  /** {@link Linking#complete}. Returns the grant; the host stores it. */
  public final Linked exchangeCode(LinkRequest request, LinkAnswer answer) {
    return linking.complete(request, answer);
  }

  /** {@link Connection#credentials}: the host refreshes where needed, once for all callers. */
  public final Credentials refreshIfNeeded(Connection connection) {
    return connection.credentials();
  }

  /** {@link Connection#end}: the host revokes and erases, as work that survives a crash. */
  public final void revokeTokens(Connection connection) {
    connection.end();
  }

  /** Hands a webhook request to the host, as if the vendor had sent it to the host's address. */
  public final WebhookReply processWebhook(WebhookRequest request) {
    return context.intake().receive(request);
  }

  /** Whether one more call would be allowed now. Takes nothing: the host reserves. */
  public final boolean checkRateLimit(Connection connection) {
    return context.limits().allows(connection, 1);
  }

  /** Each limit that counts for this connection. */
  public final List<LimitStatus> getRateLimitStatus(Connection connection) {
    return context.limits().status(connection);
  }

  protected final ConnectorContext context() {
    return context;
  }

  /**
   * Calls the vendor for a person, and once more with renewed credentials where it answers 401.
   *
   * @return the successful answer; empty when the vendor has no such thing (404)
   * @throws RateLimitException on 429, with the wait that the vendor asks for
   * @throws OAuthException on 403, and on 401 to renewed credentials
   * @throws TokenException when there are no usable credentials
   * @throws VendorApiException on any other status, and when no answer came
   */
  protected final Optional<HttpReply> call(Connection connection, HttpCall call) {
    Credentials credentials = connection.credentials();
    HttpReply reply = connection.http().send(sign(call, credentials));
    if (reply.status() == 401) {
      reply = connection.http().send(sign(call, connection.renewed(credentials)));
    }
    return judged(call, reply, ", credentials renewed");
  }

  /**
   * Calls the vendor for the application itself, as subscriptions and key sets need it. Sent as it
   * is: what proves the application (a header, a field of a form) is in the call already. The
   * answer is judged like that to a call for a person.
   *
   * @return the successful answer; empty when the vendor has no such thing (404)
   * @throws RateLimitException on 429, with the wait that the vendor asks for
   * @throws OAuthException on 401 and 403: the vendor refuses the application
   * @throws VendorApiException on any other status, and when no answer came
   */
  protected final Optional<HttpReply> call(HttpCall call) {
    return judged(call, context.http().send(call), "; check the client id and the client secret");
  }

  private Optional<HttpReply> judged(HttpCall call, HttpReply reply, String atUnauthorized) {
    int status = reply.status();
    if (status / 100 == 2) {
      judge(reply);
      return Optional.of(reply);
    }
    if (status == 404) {
      return Optional.empty();
    }
    String told =
        "%s answered %d to %s%s%s"
            .formatted(
                context.config().vendor(),
                status,
                call,
                status == 401 ? atUnauthorized : "",
                reason(reply).map(why -> ": " + Masked.words(why)).orElse(""));
    throw StatusFault.of(told, reply, readLimits(reply), context.clock().instant());
  }

  /**
   * Gets the one JSON document at a path.
   *
   * @throws VendorApiException also when the answer is no JSON, such as a page of a proxy
   */
  protected final FetchResult document(Connection connection, Resource resource, String path) {
    return call(connection, HttpCall.get(url(path)))
        .map(reply -> FetchResult.found(VendorData.json(resource, json(path, reply))))
        .orElseGet(FetchResult::gone);
  }

  private byte[] json(String path, HttpReply reply) {
    byte[] body = reply.body();
    try {
      Json.parse(body);
      return body;
    } catch (JsonException e) {
      throw new VendorApiException(
          context.config().vendor() + " answered no JSON to GET " + path, reply.status(), e);
    }
  }

  /**
   * The address of a path of the vendor's API, by default below the endpoint {@code base}.
   *
   * @param path starts with {@code /}; what stands in it from outside is one safe segment each, as
   *     a {@link Resource} checks it
   */
  protected URI url(String path) {
    return Endpoints.of(context.config()).below("base", path);
  }

  /** Puts the credentials into a call, by default as {@code Authorization: Bearer}. */
  protected HttpCall sign(HttpCall call, Credentials credentials) {
    return call.header("Authorization", "Bearer " + credentials.accessToken().reveal());
  }

  /**
   * Why the vendor refused, for the end of the message of what {@code call} throws: short, and
   * nothing of a person's data. Empty by default, since bodies are not shown.
   */
  protected Optional<String> reason(HttpReply refusal) {
    return Optional.empty();
  }

  /**
   * Looks into a 2xx answer, for vendors that tell errors there. Does nothing by default; throws
   * what {@code call} throws for the status that the vendor should have sent.
   */
  protected void judge(HttpReply reply) {}
}
