package io.cloudconnector.testkit;

import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.WebhookStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps in memory what the host would keep on disk. Thread-safe. */
public final class RecordingStore implements WebhookStore {
  private final List<WebhookEvent> events = new CopyOnWriteArrayList<>();
  private final List<WebhookRequest> quarantine = new CopyOnWriteArrayList<>();
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private volatile boolean unavailable;

  /** Whether to refuse everything from now on, as a full disk would. */
  public void unavailable(boolean refuses) {
    unavailable = refuses;
  }

  /** The accepted events, in their order. */
  public List<WebhookEvent> events() {
    return List.copyOf(events);
  }

  /** The requests that could not be read. */
  public List<WebhookRequest> quarantine() {
    return List.copyOf(quarantine);
  }

  /** Why each of them could not be read, in the same order. */
  public List<String> reasons() {
    return List.copyOf(reasons);
  }

  @Override
  public void accept(WebhookRequest request, List<WebhookEvent> accepted) {
    check();
    events.addAll(accepted);
  }

  @Override
  public void quarantine(WebhookRequest request, String why) {
    check();
    quarantine.add(request);
    reasons.add(why);
  }

  private void check() {
    if (unavailable) {
      throw WebhookException.unavailable("the test's store takes nothing");
    }
  }
}
