package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Looks for secrets in whatever is put before it: as they are, encoded for a URL, in hexadecimal
 * digits, and within Base64 at any of its three offsets. Tells which secret by its name, never by
 * its text.
 */
final class SecretSweep {
  private static final int SHORTEST = 12;

  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, Set<String>> forms = new LinkedHashMap<>();
  private final Map<String, List<String>> leaks = new LinkedHashMap<>();
  private final Map<String, Long> swept = new LinkedHashMap<>();

  /** Something that must be found nowhere. */
  void plant(String name, String secret) {
    if (secret.length() < SHORTEST) {
      throw new IllegalArgumentException("too short to be told from chance: " + name);
    }
    if (names.putIfAbsent(secret, name) == null) {
      forms.put(secret, forms(secret));
    }
  }

  void plant(String name, Collection<String> secrets) {
    secrets.forEach(secret -> plant(name, secret));
  }

  /** How many different secrets of a name there are. */
  long planted(String name) {
    return names.values().stream().filter(name::equals).count();
  }

  /** Every name. */
  Set<String> kinds() {
    return new LinkedHashSet<>(names.values());
  }

  void sweep(String where, byte[] content) {
    sweep(where, new String(content, ISO_8859_1));
  }

  void sweep(String where, Collection<String> texts) {
    texts.forEach(text -> sweep(where, text));
  }

  void sweep(String where, String text) {
    swept.merge(where, (long) text.length(), Long::sum);
    forms.forEach(
        (secret, looks) -> {
          if (looks.stream().anyMatch(text::contains)) {
            leaks.computeIfAbsent(where, place -> new ArrayList<>()).add(names.get(secret));
          }
        });
  }

  /** Where something was found, and what, by name. */
  Map<String, List<String>> leaks() {
    return leaks;
  }

  /** How many characters were looked at, by place. */
  Map<String, Long> swept() {
    return swept;
  }

  private static Set<String> forms(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    Set<String> forms = new LinkedHashSet<>();
    forms.add(secret);
    forms.add(new String(bytes, ISO_8859_1));
    forms.add(URLEncoder.encode(secret, UTF_8));
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    forms.add(URLEncoder.encode(secret, UTF_8).toLowerCase(Locale.ROOT));
    for (int offset = 0; offset < 3; offset++) {
      forms.add(within(Base64.getEncoder(), bytes, offset));
      forms.add(within(Base64.getUrlEncoder(), bytes, offset));
    }
    return forms;
  }

  /**
   * The characters that depend on nothing but the secret, after so many bytes of something else.
   */
  private static String within(Base64.Encoder encoder, byte[] secret, int offset) {
    byte[] padded = new byte[offset + secret.length];
    System.arraycopy(secret, 0, padded, offset, secret.length);
    String text = encoder.withoutPadding().encodeToString(padded);
    int first = (offset * 8 + 5) / 6;
    int whole = padded.length * 8 / 6;
    return text.substring(first, whole);
  }

  @Override
  public String toString() {
    return Arrays.toString(names.values().stream().distinct().toArray());
  }
}
