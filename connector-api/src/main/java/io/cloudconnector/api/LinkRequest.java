package io.cloudconnector.api;

import java.net.URI;
import java.util.Optional;

/** One attempt of one person to link an account. Made by the host. */
public interface LinkRequest {
  /** Names this attempt to the vendor and back: at least 32 random URL-safe characters. */
  String state();

  /** The host's callback address for this vendor, the same at begin and completion. */
  URI redirectUri();

  /**
   * A fresh PKCE code verifier (RFC 7636), the same at begin and completion; to be used only where
   * the vendor takes it.
   */
  String codeVerifier();

  /** What the application asked for in this link's options, such as a region. */
  Optional<String> option(String name);

  /** For calls that linking itself needs, without a person's credentials. */
  VendorHttp http();
}
