package io.cloudconnector.simulator.oura;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.simulator.SimulatedReply;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lists as Oura pages them: oldest first, {@code next_token} null on the last page. The token names
 * the last item seen, so one that comes in meanwhile shifts nothing. Oura tells no page size and
 * takes none; here it can be set.
 */
final class OuraPages {
  private volatile int size;

  OuraPages(int size) {
    this.size = size;
  }

  void size(int items) {
    if (items < 1) {
      throw new IllegalArgumentException("a page needs at least one item");
    }
    size = items;
  }

  /**
   * @param key the place of an item in the order; texts sort as the items do
   */
  <T> SimulatedReply page(
      List<T> oldestFirst,
      Optional<String> token,
      Function<T, String> key,
      Function<T, byte[]> bytes) {
    String seen = token.map(OuraPages::read).orElse("");
    List<T> found =
        oldestFirst.stream()
            .filter(item -> key.apply(item).compareTo(seen) > 0)
            .limit(size + 1L)
            .toList();
    boolean more = found.size() > size;
    List<T> shown = more ? found.subList(0, size) : found;
    String next = more ? '"' + written(key.apply(shown.getLast())) + '"' : "null";
    return SimulatedReply.json(200, body(shown.stream().map(bytes).toList(), next));
  }

  private static byte[] body(List<byte[]> items, String next) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("{\"data\":[".getBytes(UTF_8));
    String separator = "";
    for (byte[] item : items) {
      out.writeBytes(separator.getBytes(UTF_8));
      out.writeBytes(item);
      separator = ",";
    }
    out.writeBytes(("],\"next_token\":" + next + "}").getBytes(UTF_8));
    return out.toByteArray();
  }

  private static String written(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("after " + place).getBytes(UTF_8));
  }

  private static String read(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
      if (text.startsWith("after ")) {
        return text.substring("after ".length());
      }
    } catch (IllegalArgumentException _) {
      // Told below, like every other token that is not ours.
    }
    throw OuraReplies.invalid("Invalid next_token");
  }
}
