package io.cloudconnector.host.delivery;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body that nobody wants, so that its connection can be used again; but not one without
 * end.
 */
final class CappedWaste implements BodySubscriber<@Nullable Void> {
  private static final int MOST = 64 * 1024;

  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private int read;

  @Override
  public CompletionStage<@Nullable Void> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> chunk) {
    for (ByteBuffer part : chunk) {
      read += part.remaining();
    }
    if (read > MOST && subscription != null) {
      subscription.cancel();
      done.complete(null);
    }
  }

  @Override
  public void onError(Throwable fault) {
    // The status is known by now, and the status is what counts.
    done.complete(null);
  }

  @Override
  public void onComplete() {
    done.complete(null);
  }
}
