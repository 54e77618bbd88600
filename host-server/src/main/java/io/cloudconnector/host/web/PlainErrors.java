package io.cloudconnector.host.web;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What the server itself refuses, such as malformed HTTP: problem details, and nothing of its
 * insides.
 */
final class PlainErrors extends ErrorHandler {
  private final Map<String, String> always;

  /**
   * One for a server.
   *
   * @param always headers of every answer
   */
  PlainErrors(Map<String, String> always) {
    this.always = always;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Reply reply = problem(status).reply();
    always.forEach(response.getHeaders()::put);
    // Whoever is not understood once may mean something else by what follows.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
    return true;
  }

  private static ProblemException problem(int status) {
    return switch (status) {
      case 404 -> ProblemException.notFound("there is nothing at this address");
      case 414 -> new ProblemException(status, "uri-too-long", "the address is too long");
      case 431 -> new ProblemException(status, "headers-too-large", "the headers are too large");
      case 505 ->
          new ProblemException(status, "http-version", "this version of HTTP is not served");
      default ->
          status >= 500
              ? new ProblemException(status, "internal-error", "the host failed")
              : new ProblemException(
                  status, "bad-request", "the request is not valid HTTP for this host");
    };
  }
}
