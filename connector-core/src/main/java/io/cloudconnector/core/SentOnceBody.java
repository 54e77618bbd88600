package io.cloudconnector.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A body that breaks the attempt to send it a second time. The JDK repeats a GET or HEAD by itself
 * when its connection breaks before an answer, and no client can switch that off for itself; but
 * nobody would count that call against the vendor's limits. The length is what the JDK asks for
 * once at the start of each sending.
 */
final class SentOnceBody implements BodyPublisher {
  private final BodyPublisher body;
  private final AtomicBoolean sent = new AtomicBoolean();

  SentOnceBody(BodyPublisher body) {
    this.body = body;
  }

  @Override
  public long contentLength() {
    if (sent.getAndSet(true)) {
      throw new UncheckedIOException(new IOException("connection broke before an answer"));
    }
    return body.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    body.subscribe(subscriber);
  }
}
