package io.cloudconnector.host.config;

import io.cloudconnector.api.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * What a keystore held when it was opened: a key and a certificate that is good now.
 *
 * @param certificate the host's own, without those that vouch for it
 */
public record TlsKeystore(KeyStore keys, X509Certificate certificate) {
  /**
   * Opens and checks.
   *
   * @throws StartupException when it is not there, not to be opened, or holds no key whose
   *     certificate is valid now
   */
  public static TlsKeystore open(TlsSettings settings, Instant now) {
    return of(settings, bytes(settings.keystore()), now);
  }

  /** The same of a file that was read before. */
  public static TlsKeystore of(TlsSettings settings, byte[] file, Instant now) {
    Path path = settings.keystore();
    KeyStore keys = load(path, file, settings.password());
    X509Certificate certificate = own(path, keys, settings.password());
    try {
      certificate.checkValidity(Date.from(now));
    } catch (CertificateExpiredException e) {
      throw fault(path, "its certificate expired at " + certificate.getNotAfter().toInstant(), e);
    } catch (CertificateNotYetValidException e) {
      Instant from = certificate.getNotBefore().toInstant();
      throw fault(path, "its certificate is not valid before " + from, e);
    }
    return new TlsKeystore(keys, certificate);
  }

  /**
   * The file as it is now.
   *
   * @throws StartupException when it cannot be read
   */
  public static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw fault(path, "the file is not there or cannot be read", e);
    }
  }

  private static KeyStore load(Path path, byte[] file, Secret password) {
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(new ByteArrayInputStream(file), password.reveal().toCharArray());
      return keys;
    } catch (IOException e) {
      boolean refused = e.getCause() instanceof UnrecoverableKeyException;
      throw fault(
          path,
          refused
              ? "server.tls.password does not open it"
              : "it is no PKCS12 keystore; make one with openssl pkcs12 -export",
          e);
    } catch (GeneralSecurityException e) {
      throw fault(path, "it cannot be read", e);
    }
  }

  private static X509Certificate own(Path path, KeyStore keys, Secret password) {
    char[] characters = password.reveal().toCharArray();
    try {
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.isKeyEntry(alias)
            && keys.getKey(alias, characters) != null
            && keys.getCertificate(alias) instanceof X509Certificate certificate) {
          return certificate;
        }
      }
    } catch (UnrecoverableKeyException e) {
      throw fault(path, "server.tls.password does not open its key", e);
    } catch (KeyStoreException | NoSuchAlgorithmException e) {
      throw fault(path, "it cannot be read", e);
    } finally {
      Arrays.fill(characters, ' ');
    }
    throw fault(path, "it holds no private key with a certificate", null);
  }

  private static StartupException fault(Path path, String what, @Nullable Exception cause) {
    String message = "the keystore of server.tls, " + path + ", cannot be used: " + what;
    return cause == null ? new StartupException(message) : new StartupException(message, cause);
  }
}
