package io.cloudconnector.api;

import java.util.Optional;

/** What came back from the vendor's consent page, or from a form. Made by the host. */
public interface LinkAnswer {
  /** A parameter of the callback or a field of the form, decoded; the first where it repeats. */
  Optional<String> parameter(String name);

  /** What {@link LinkStep#redirect(java.net.URI, Secret)} kept. */
  Optional<Secret> flowState();
}
