package io.cloudconnector.api;

import java.util.Locale;

/**
 * One document as the vendor sent it: the bytes are never re-written, so every digit of every
 * number reaches the operator. Immutable; the bytes are copied in and out.
 */
public final class VendorData {
  /** The media type of {@link #json}. */
  public static final String JSON = "application/json";

  private final Resource resource;
  private final byte[] bytes;
  private final String mediaType;

  private VendorData(Resource resource, byte[] bytes, String mediaType) {
    this.resource = resource;
    this.bytes = bytes.clone();
    this.mediaType = mediaType;
  }

  /**
   * A JSON document.
   *
   * @param resource what it is; for a document that has an id, made by {@link Resource#one}, with
   *     the same id that live notices and history give it
   * @param bytes UTF-8, as the vendor sent it
   */
  public static VendorData json(Resource resource, byte[] bytes) {
    return new VendorData(resource, bytes, JSON);
  }

  /**
   * A document of another kind, such as a FIT file.
   *
   * @param mediaType may be the vendor's header as it is: the type is put into lower case, and that
   *     of JSON loses its parameters, such as a charset, which mean nothing there (RFC 8259 11)
   * @throws IllegalArgumentException when the media type is empty, longer than 256 characters, or
   *     has control characters
   */
  public static VendorData of(Resource resource, byte[] bytes, String mediaType) {
    return new VendorData(resource, bytes, normal(mediaType));
  }

  private static String normal(String mediaType) {
    String[] parts = OutsideText.line("media type", 256, mediaType.strip()).split(";", 2);
    String type = parts[0].strip().toLowerCase(Locale.ROOT);
    return parts.length == 1 || type.equals(JSON) ? type : type + ";" + parts[1];
  }

  public Resource resource() {
    return resource;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public String mediaType() {
    return mediaType;
  }

  /** Names the resource and the size, never the content. */
  @Override
  public String toString() {
    return resource + " (" + mediaType + ", " + bytes.length + " bytes)";
  }
}
