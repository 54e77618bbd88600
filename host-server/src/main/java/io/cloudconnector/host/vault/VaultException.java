package io.cloudconnector.host.vault;

/** A sealed value cannot be opened, or a key cannot be read. Never says anything of either. */
public final class VaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VaultException(String message) {
    super(message);
  }

  VaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
