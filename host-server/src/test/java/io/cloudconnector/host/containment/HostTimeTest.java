package io.cloudconnector.host.containment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.observe.Metrics;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // The connector looks at no answer.
class HostTimeTest {
  private static final Duration LONG = ConnectorCall.REFRESH.deadline().plusSeconds(1);

  private final AtomicLong time = new AtomicLong();
  private final CallWatch watch = new CallWatch(time::get);
  private final CountDownLatch stored = new CountDownLatch(1);
  private final CountDownLatch judged = new CountDownLatch(1);
  private final CompletableFuture<Refreshed> outcome = new CompletableFuture<>();
  private @Nullable Thread thread;

  @AfterEach
  void letGo() {
    stored.countDown();
    judged.countDown();
  }

  @Test
  void theTimeThatTheHostTakesForAnAnswerIsNotTheConnectors() {
    begin();
    pass(LONG.multipliedBy(10));

    stored.countDown();
    judged.countDown();

    assertThat(outcome.join()).isInstanceOf(Refreshed.Dead.class);
  }

  @Test
  void theTimeThatTheConnectorTakesItselfIs() {
    begin();
    stored.countDown();
    awaitBlockedIn("judge");
    pass(LONG);

    assertThat(outcome.handle((_, e) -> e).join()).hasMessage("interrupted");
  }

  private void begin() {
    Containment containment =
        new Containment(new VendorType("acme"), getClass().getClassLoader(), watch, new Metrics());
    Linking linking = new ContainedLinking(new Slow(), containment);
    thread =
        Thread.startVirtualThread(
            () -> {
              try {
                outcome.complete(linking.refresh(new Request()));
              } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
              }
            });
    awaitBlockedIn("store");
  }

  private void pass(Duration duration) {
    Contained.pass(duration, time, watch);
  }

  private void awaitBlockedIn(String method) {
    Awaitility.await()
        .until(
            () ->
                thread.getState() == Thread.State.WAITING
                    && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals(method)));
  }

  private static void block(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectorException("interrupted", e);
    }
  }

  /** The host's side: an answer that the database takes its time to keep. */
  private final class Request implements RefreshRequest {
    @Override
    public Credentials current() {
      return Credentials.access(Secret.of("a-token"));
    }

    @Override
    public Set<String> scopes() {
      return Set.of();
    }

    @Override
    public VendorHttp http() {
      return _ -> {
        store();
        return null;
      };
    }

    private void store() {
      block(stored);
    }
  }

  private final class Slow implements Linking {
    @Override
    public LinkStep begin(LinkRequest request) {
      throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public Linked complete(LinkRequest request, LinkAnswer answer) {
      throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public Refreshed refresh(RefreshRequest request) {
      request.http().send(HttpCall.get(URI.create("https://acme.example/token")));
      judge();
      return Refreshed.dead("it says so");
    }

    private void judge() {
      block(judged);
    }
  }
}
