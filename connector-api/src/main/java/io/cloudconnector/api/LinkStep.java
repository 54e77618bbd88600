package io.cloudconnector.api;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What a person has to do next to link an account. Made by connectors, read by the host alone. */
public sealed interface LinkStep {
  /** To the vendor's consent page. */
  static LinkStep redirect(URI consentPage) {
    return new Redirect(consentPage, Optional.empty());
  }

  /**
   * To the vendor's consent page, with something to be kept for {@link Linking#complete}.
   *
   * @param flowState stored encrypted until the answer comes, such as an OAuth 1.0a request secret
   */
  static LinkStep redirect(URI consentPage, Secret flowState) {
    return new Redirect(consentPage, Optional.of(flowState));
  }

  /** A form that the host shows, for vendors with a typed key. */
  static LinkStep form(List<Setting> fields) {
    return new Form(fields);
  }

  /** See {@link LinkStep#redirect(URI)}. */
  final class Redirect implements LinkStep {
    private final URI location;
    private final Optional<Secret> flowState;

    private Redirect(URI location, Optional<Secret> flowState) {
      this.location = location;
      this.flowState = flowState;
    }

    public URI location() {
      return location;
    }

    public Optional<Secret> flowState() {
      return flowState;
    }
  }

  /** See {@link LinkStep#form}. */
  final class Form implements LinkStep {
    private final List<Setting> fields;

    private Form(List<Setting> fields) {
      this.fields = List.copyOf(fields);
    }

    public List<Setting> fields() {
      return fields;
    }
  }
}
