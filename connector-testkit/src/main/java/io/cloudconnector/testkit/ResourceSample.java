package io.cloudconnector.testkit;

import io.cloudconnector.api.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A resource, the calls that fetch it, and the document that must come out. Immutable. */
public final class ResourceSample {
  private final Resource resource;
  private final List<Exchange> exchanges;
  private final Optional<byte[]> document;

  private ResourceSample(Resource resource, List<Exchange> exchanges, Optional<byte[]> document) {
    this.resource = resource;
    this.exchanges = List.copyOf(exchanges);
    this.document = document;
  }

  /** A document that is the answer to the last of these calls, byte for byte. */
  public static ResourceSample of(Resource resource, Exchange... exchanges) {
    byte[] last = exchanges[exchanges.length - 1].reply().body();
    return new ResourceSample(resource, Arrays.asList(exchanges), Optional.of(last));
  }

  /**
   * A list or a span in which the vendor has nothing, and how it says so: by a list without rows,
   * or by 404. No document must come out, and nothing may be called gone.
   *
   * @throws IllegalArgumentException for one document: where that is not, it is gone
   */
  public static ResourceSample nothing(Resource resource, Exchange... exchanges) {
    if (resource.id().isPresent()) {
      throw new IllegalArgumentException(
          resource + " is one document; ResourceSample.nothing is for lists and spans");
    }
    return new ResourceSample(resource, Arrays.asList(exchanges), Optional.empty());
  }

  /** The same calls, but only this part of what they answer is the document. */
  public ResourceSample document(byte[] bytes) {
    return new ResourceSample(resource, exchanges, Optional.of(bytes.clone()));
  }

  public Resource resource() {
    return resource;
  }

  List<Exchange> exchanges() {
    return exchanges;
  }

  /** Empty where the vendor has nothing. */
  Optional<byte[]> document() {
    return document.map(byte[]::clone);
  }
}
