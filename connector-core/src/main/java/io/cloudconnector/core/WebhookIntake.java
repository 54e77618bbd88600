package io.cloudconnector.core;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Intake;
import io.cloudconnector.api.Notice;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The way of every webhook request: handshake, verification, parsing, storing, and only then the
 * acknowledgement. Thread-safe when the connector and the store are.
 *
 * <p>What a connector breaks is answered so that nothing a vendor really sent is lost: it is kept
 * in quarantine, or the vendor is asked to send again. Nothing is ever answered 410: to vendors
 * that means that nobody wants their webhooks any more.
 */
public final class WebhookIntake implements Intake {
  private static final Logger log = LoggerFactory.getLogger(WebhookIntake.class);

  private static final int GONE = 410;

  private final VendorType vendor;
  private final CloudConnector connector;
  private final WebhookStore store;
  private final WebhookRefusals refusals;

  /** One that logs each refusal. */
  public WebhookIntake(VendorType vendor, CloudConnector connector, WebhookStore store) {
    this(vendor, connector, store, WebhookIntake::logRefusal);
  }

  /** One that leaves it to somebody else to tell of refusals. */
  public WebhookIntake(
      VendorType vendor, CloudConnector connector, WebhookStore store, WebhookRefusals refusals) {
    this.vendor = vendor;
    this.connector = connector;
    this.store = store;
    this.refusals = refusals;
  }

  private static void logRefusal(VendorType vendor, WebhookRequest request, String why) {
    log.atError().addKeyValue("vendor", vendor).log("webhook refused: {}", why);
  }

  @Override
  public WebhookReply receive(WebhookRequest request) {
    WebhookReply reply = decided(request);
    if (reply.status() != GONE) {
      return reply;
    }
    refusals.refused(
        vendor,
        request,
        "the connector would answer 410, which ends subscriptions; the vendor is asked to send it"
            + " again");
    return WebhookReply.status(503);
  }

  private WebhookReply decided(WebhookRequest request) {
    try {
      Optional<WebhookReply> handshake = connector.answerHandshake(request);
      return handshake.isPresent() ? handshake.get() : receiveNotices(request);
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError fault) {
      return undecided(request, fault);
    }
  }

  private WebhookReply receiveNotices(WebhookRequest request) {
    switch (request.method()) {
      case "POST" -> {}
      case "GET", "HEAD" -> {
        return WebhookReply.status(404);
      }
      default -> {
        return WebhookReply.status(405);
      }
    }
    if (!connector.verifyWebhook(request)) {
      refusals.refused(vendor, request, "its signature or its time does not hold");
      return WebhookReply.status(401);
    }
    return takeIn(request);
  }

  private WebhookReply takeIn(WebhookRequest request) {
    List<WebhookEvent> events;
    try {
      events = List.copyOf(connector.parseEvents(request));
    } catch (WebhookException refusal) {
      return refusal.status() == 400
          ? quarantine(request, Fault.describe(refusal))
          : refused(refusal);
    } catch (VendorUnavailableException notCalled) {
      return undecided(request, notCalled);
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError fault) {
      return quarantine(request, Fault.describe(fault));
    }
    return keep(request, events);
  }

  private WebhookReply keep(WebhookRequest request, List<WebhookEvent> events) {
    try {
      if (!events.isEmpty()) {
        store.accept(request, events);
      }
    } catch (RuntimeException fault) {
      return unstored(fault);
    }
    events.forEach(this::logEvent);
    at(log.atInfo())
        .addKeyValue("events", events.size())
        .log(events.isEmpty() ? "webhook told nothing new" : "webhook stored");
    return acknowledgement(request);
  }

  private WebhookReply quarantine(WebhookRequest request, String why) {
    try {
      store.quarantine(request, why);
    } catch (RuntimeException fault) {
      return unstored(fault);
    }
    at(log.atWarn()).addKeyValue("why", why).log("malformed webhook kept in quarantine");
    return WebhookReply.status(400);
  }

  private WebhookReply acknowledgement(WebhookRequest request) {
    try {
      WebhookReply reply = connector.acknowledgement(request);
      if (reply.status() != GONE) {
        return reply;
      }
      at(log.atError())
          .log(
              "the connector's acknowledgement would end subscriptions (410); answered a plain 200");
      return WebhookReply.status(200);
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError fault) {
      // The events are safe, so the vendor must not send them again.
      at(log.atError())
          .addKeyValue("why", Fault.describe(fault))
          .log("the connector failed to word its acknowledgement; answered a plain 200");
      return WebhookReply.status(200);
    }
  }

  private WebhookReply undecided(WebhookRequest request, Throwable fault) {
    if (fault instanceof WebhookException refusal) {
      refusals.refused(vendor, request, Fault.describe(refusal));
      return WebhookReply.status(refusal.status());
    }
    refusals.refused(
        vendor,
        request,
        "the connector could not judge it, and the vendor is asked to send it again: "
            + Fault.describe(fault));
    return WebhookReply.status(503);
  }

  private WebhookReply refused(WebhookException refusal) {
    at(refusal.status() < 500 ? log.atError() : log.atWarn())
        .addKeyValue("status", refusal.status())
        .addKeyValue("why", Fault.describe(refusal))
        .log("webhook not taken");
    return WebhookReply.status(refusal.status());
  }

  private WebhookReply unstored(RuntimeException fault) {
    at(fault instanceof WebhookException ? log.atWarn() : log.atError())
        .addKeyValue("why", Fault.describe(fault))
        .log("webhook could not be stored; the vendor is asked to send it again");
    return WebhookReply.status(503);
  }

  private void logEvent(WebhookEvent event) {
    if (event.notice() instanceof Notice.Unreadable item) {
      naming(event, log.atWarn())
          .addKeyValue("where", item.where())
          .addKeyValue("why", Masked.words(item.why()))
          .log("one item of a webhook could not be read; kept in quarantine");
    } else {
      naming(event, log.atDebug()).log("webhook event stored");
    }
  }

  private LoggingEventBuilder naming(WebhookEvent event, LoggingEventBuilder line) {
    return at(line)
        .addKeyValue("event_type", event.vendorType().orElse("unknown"))
        .addKeyValue("trace_id", event.traceId().orElse("none"));
  }

  private LoggingEventBuilder at(LoggingEventBuilder line) {
    return line.addKeyValue("vendor", vendor);
  }
}
