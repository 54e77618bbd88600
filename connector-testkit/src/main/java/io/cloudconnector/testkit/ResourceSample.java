package io.cloudconnector.testkit;

import io.cloudconnector.api.Resource;
import java.util.Arrays;
import java.util.List;

/** A resource, the calls that fetch it, and the document that must come out. Immutable. */
public final class ResourceSample {
  private final Resource resource;
  private final List<Exchange> exchanges;
  private final byte[] document;

  private ResourceSample(Resource resource, List<Exchange> exchanges, byte[] document) {
    this.resource = resource;
    this.exchanges = List.copyOf(exchanges);
    this.document = document;
  }

  /** A document that is the answer to the last of these calls, byte for byte. */
  public static ResourceSample of(Resource resource, Exchange... exchanges) {
    return new ResourceSample(
        resource, Arrays.asList(exchanges), exchanges[exchanges.length - 1].reply().body());
  }

  /** The same calls, but only this part of what they answer is the document. */
  public ResourceSample document(byte[] bytes) {
    return new ResourceSample(resource, exchanges, bytes.clone());
  }

  public Resource resource() {
    return resource;
  }

  List<Exchange> exchanges() {
    return exchanges;
  }

  byte[] document() {
    return document.clone();
  }
}
