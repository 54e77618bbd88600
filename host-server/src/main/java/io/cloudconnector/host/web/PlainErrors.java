package io.cloudconnector.host.web;

import java.nio.ByteBuffer;
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
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Reply reply =
        status >= 500
            ? new ProblemException(status, "internal-error", "the host failed").reply()
            : new ProblemException(
                    status, "bad-request", "the request is not valid HTTP for this host")
                .reply();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
    return true;
  }
}
