package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.VendorData;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.NewEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a document is the one that was given before: the SHA-256 of its bytes, of JSON
 * without the white space between its tokens, for a vendor's list may be set out differently than
 * the single document.
 */
final class ContentHash {
  private ContentHash() {}

  /** Null where it tells that the document is gone. */
  static @Nullable Bytes of(NewEvent event) {
    String mediaType = event.mediaType();
    Bytes data = event.data();
    return data == null || mediaType == null || !event.type().equals(ResourceEvents.UPDATED)
        ? null
        : of(mediaType, data.toArray());
  }

  static Bytes of(String mediaType, byte[] content) {
    byte[] told = mediaType.equals(VendorData.JSON) ? withoutSpace(content) : content;
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(told));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** UTF-8 has none of these bytes within another character. */
  private static byte[] withoutSpace(byte[] json) {
    byte[] kept = new byte[json.length];
    int size = 0;
    boolean inText = false;
    boolean escaped = false;
    for (byte b : json) {
      if (inText) {
        inText = escaped || b != '"';
        escaped = !escaped && b == '\\';
      } else if (b == ' ' || b == '\t' || b == '\n' || b == '\r') {
        continue;
      } else {
        inText = b == '"';
      }
      kept[size++] = b;
    }
    return Arrays.copyOf(kept, size);
  }
}
