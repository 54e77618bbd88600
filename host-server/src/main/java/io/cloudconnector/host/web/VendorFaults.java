package io.cloudconnector.host.web;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorTimeoutException;
import io.cloudconnector.core.Masked;
import io.cloudconnector.core.VendorUnavailableException;
import io.cloudconnector.host.link.RefreshLaterException;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a caller why data could not be had from a vendor. */
final class VendorFaults {
  private static final Logger log = LoggerFactory.getLogger(VendorFaults.class);

  private final InstantSource clock;

  VendorFaults(InstantSource clock) {
    this.clock = clock;
  }

  /** Asks, and turns what goes wrong into a problem. */
  <T> T told(StoredConnection connection, Supplier<T> question) {
    try {
      return question.get();
    } catch (RateLimitException e) {
      throw new ProblemException(
          429, "rate-limited", "the vendor's limit is reached", e.retryAfter());
    } catch (RefreshLaterException e) {
      throw new ProblemException(
          502,
          "vendor-failed",
          "the vendor did not renew the credentials; it is asked again later",
          Optional.of(Duration.between(clock.instant(), e.notBefore())));
    } catch (TokenException e) {
      throw relink("there are no valid credentials any more");
    } catch (OAuthException e) {
      throw relink("the vendor refuses it to these credentials; perhaps a permission is missing");
    } catch (VendorUnavailableException e) {
      throw new ProblemException(
          503,
          "vendor-unavailable",
          "the vendor or its connector fails too often and is left alone for a while",
          Optional.of(e.retryAfter()));
    } catch (VendorTimeoutException e) {
      throw new ProblemException(504, "vendor-timeout", "the vendor did not answer in time");
    } catch (ConnectorException e) {
      log.atWarn()
          .addKeyValue("vendor", connection.vendor())
          .addKeyValue("user_id", connection.userId())
          .log("Data was asked for and the vendor failed: {}", Masked.told(e));
      throw new ProblemException(502, "vendor-failed", "the vendor did not give it");
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("the connector does not know such a resource");
    } catch (DatabaseException | ProblemException e) {
      throw e;
    } catch (RuntimeException e) {
      throw broken(connection, e);
    }
  }

  private static ProblemException broken(StoredConnection connection, Throwable e) {
    // The class only: what a connector's own fault says may hold a document.
    log.atError()
        .addKeyValue("vendor", connection.vendor())
        .addKeyValue("user_id", connection.userId())
        .log("Data was asked for and the connector failed: {}", e.getClass().getName());
    return new ProblemException(502, "vendor-failed", "the connector could not fetch it");
  }

  static ProblemException relink(String detail) {
    return new ProblemException(409, "relink-required", detail + "; the person has to link again");
  }

  static ProblemException noHistory(String what) {
    return new ProblemException(404, "no-history", "the connector lists no " + what);
  }
}
