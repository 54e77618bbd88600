package io.cloudconnector.host.link;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.Masked;
import io.cloudconnector.core.VendorUnavailableException;
import io.cloudconnector.host.store.DatabaseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to a connector while a person waits: whatever goes wrong in it, the person gets an
 * answer and the application hears of it.
 */
final class Asking {
  private static final Logger log = LoggerFactory.getLogger(Asking.class);

  private Asking() {}

  static <T> T ask(VendorType vendor, Supplier<T> question) {
    try {
      return question.get();
    } catch (ConnectorException e) {
      throw vendorFault(vendor, e);
    } catch (DatabaseException e) {
      throw e;
    } catch (RuntimeException e) {
      // The class only: what a connector's own fault says may hold a token.
      throw vendorFault(vendor, new ConnectorException(e.getClass().getName()));
    }
  }

  private static LinkException vendorFault(VendorType vendor, ConnectorException e) {
    log.atWarn()
        .addKeyValue("vendor", vendor)
        .log("A link could not be finished: {}; the person is told to try again", Masked.told(e));
    return switch (e) {
      case OAuthException refused when refused.error().equals(Optional.of("access_denied")) ->
          new LinkException("access_denied", "You did not allow the connection.");
      case OAuthException _ ->
          new LinkException("vendor_refused", "The service did not accept the connection.");
      case RateLimitException _ -> busy();
      case VendorUnavailableException _ -> busy();
      default ->
          new LinkException("vendor_unavailable", "The service did not answer. Try again later.");
    };
  }

  private static LinkException busy() {
    return new LinkException("vendor_busy", "The service is busy. Try again in a minute.");
  }
}
