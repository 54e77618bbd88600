package io.cloudconnector.host.web;

import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.config.TlsKeystore;
import io.cloudconnector.host.config.TlsSettings;
import java.time.Instant;
import java.util.Arrays;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that callers see. When the file changes the new one is taken for new connections;
 * one that cannot be used changes nothing. Not thread-safe.
 */
final class ServedCertificate {
  private static final Logger log = LoggerFactory.getLogger(ServedCertificate.class);

  private final TlsSettings settings;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();
  private byte[] seen;
  private String lastFault = "";

  /**
   * Opens it.
   *
   * @throws StartupException when it cannot be used
   */
  ServedCertificate(TlsSettings settings, Instant now) {
    this.settings = settings;
    this.seen = TlsKeystore.bytes(settings.keystore());
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    factory.setKeyStorePassword(settings.password().reveal());
    factory.setKeyStore(TlsKeystore.of(settings, seen, now).keys());
  }

  SslContextFactory.Server factory() {
    return factory;
  }

  /** Looks whether there is another one. */
  void renew(Instant now) {
    try {
      byte[] file = TlsKeystore.bytes(settings.keystore());
      if (!Arrays.equals(file, seen)) {
        take(file, now);
      }
      lastFault = "";
    } catch (StartupException unusable) {
      tell(unusable);
    }
  }

  private void take(byte[] file, Instant now) {
    TlsKeystore fresh = TlsKeystore.of(settings, file, now);
    try {
      factory.reload(changed -> changed.setKeyStore(fresh.keys()));
    } catch (Exception e) {
      throw new StartupException("the renewed keystore was refused: " + e.getMessage(), e);
    }
    seen = file;
    log.atInfo().log(
        "Took the renewed certificate, which is valid until {}",
        fresh.certificate().getNotAfter().toInstant());
  }

  private void tell(StartupException unusable) {
    if (!unusable.getMessage().equals(lastFault)) {
      lastFault = unusable.getMessage();
      log.atError().log("{}; the certificate from before is still served", lastFault);
    }
  }
}
