package io.cloudconnector.api;

import java.util.Optional;

/** A vendor's answer. Made by the host; immutable. */
public interface HttpReply {
  int status();

  /** The first value of a header; the name's case does not matter. */
  Optional<String> header(String name);

  /** A copy of the body's bytes; empty where there was none. */
  byte[] body();
}
