package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is sent, the answer comes, is not the host's fault, and gives nothing away. Each
 * property prints how many cases it tried and the seed; {@code -Djqwik.tries.default=100000} tries
 * more.
 */
abstract class Fuzzing {
  private static final String AUTHORIZED = "Authorization: Bearer " + RunningHost.API_KEY + "\r\n";

  /** None so short that a random code of a link may contain it. */
  private static final List<String> NEVER_TOLD =
      List.of(
          RunningHost.API_KEY,
          RunningHost.READ_ONLY_KEY,
          RunningHost.ENCRYPTION_KEY,
          AcmeCloud.CLIENT_SECRET,
          AcmeCloud.WEBHOOK_SECRET,
          "Exception",
          "io.cloudconnector",
          "java.lang",
          "SQLITE",
          "SQLSTATE",
          "constraint",
          "ERROR:",
          "jdbc:");

  /** A host and how to call it. */
  static final class Target implements AutoCloseable {
    private final Path folder;
    private final RunningHost host;
    private final RawCaller caller;
    private final String account;

    Target(TestDatabase kind) {
      try {
        folder = Files.createTempDirectory("fuzzing");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      host = new RunningHost(kind, folder);
      caller = new RawCaller(host.port());
      account = host.link("anna");
    }

    @Override
    public void close() throws IOException {
      caller.close();
      host.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  abstract Target target();

  @Property
  void callbacks(@ForAll("callbackQueries") String query, @ForAll("cookies") String cookie) {
    assertHarmless(call("GET", "/oauth/acme/callback?" + query, cookie, new byte[0]));
  }

  @Provide
  Arbitrary<String> callbackQueries() {
    return NastyTexts.queries("state", "code", "error", "error_description", "scope");
  }

  @Provide
  Arbitrary<String> cookies() {
    return Combinators.combine(Arbitraries.of("connector_link", "x", "$Version"), headerTexts())
        .as((name, value) -> "Cookie: " + name + "=" + value + "\r\n");
  }

  @Provide
  Arbitrary<String> headerTexts() {
    return NastyTexts.inHeaders();
  }

  @Property
  void formsOfLinks(@ForAll("callbackQueries") String form) {
    String type = "Content-Type: application/x-www-form-urlencoded\r\n";
    assertHarmless(call("POST", "/oauth/acme/callback", type, form.getBytes(ISO_8859_1)));
  }

  /** The walk is real up to what the vendor sends along. */
  @Property
  void callbacksOfRealWalks(
      @ForAll("addressTexts") String code, @ForAll("callbackQueries") String more) {
    String address = target().host.invite("fuzz", RunningHost.APPLICATION);
    RawCaller.Heard opened =
        call("GET", address.substring(RunningHost.PUBLIC_URL.length()), "", new byte[0]);
    String state = opened.text().replaceAll("(?s).*[?&]state=([^&\r\n]*).*", "$1");
    String cookie = opened.text().replaceAll("(?s).*Set-Cookie: ([^;]*);.*", "$1");
    RawCaller.Heard heard =
        call(
            "GET",
            "/oauth/acme/callback?state=" + state + "&code=" + code + "&" + more,
            "Cookie: " + cookie + "\r\n",
            new byte[0]);
    assertHarmless(heard);
  }

  @Provide
  Arbitrary<String> addressTexts() {
    return NastyTexts.inAddresses();
  }

  @Property
  void unsignedWebhooks(@ForAll("webhookHeaders") String headers, @ForAll("notices") byte[] body) {
    RawCaller.Heard heard = call("POST", "/webhooks/acme", headers, body);
    assertHarmless(heard);
    assertThat(heard.status()).isIn(400, 401, 413, 431, 0);
  }

  @Provide
  Arbitrary<String> webhookHeaders() {
    Arbitrary<String> header =
        Combinators.combine(
                Arbitraries.of("X-Acme-Signature", "X-Acme-Time", "X-Other", "Content-Type"),
                headerTexts())
            .as((name, value) -> name + ": " + value + "\r\n");
    return header.list().ofMaxSize(4).map(lines -> String.join("", lines));
  }

  @Provide
  Arbitrary<byte[]> notices() {
    return NastyTexts.bodies("account", "type", "id", "trace");
  }

  /** What the vendor really sent is stored or kept in quarantine, whatever stands in it. */
  @Property
  void signedWebhooks(@ForAll("notices") byte[] body) {
    RawCaller.Heard heard = call("POST", "/webhooks/acme", signed(body), body);
    assertHarmless(heard);
    assertThat(heard.status()).isIn(200, 204, 400);
  }

  /** Whole notices with one nasty text in them. */
  @Property
  void signedNotices(
      @ForAll("members") String member, @ForAll("texts") String text, @ForAll boolean deleted) {
    Map<String, String> notice = new TreeMap<>();
    notice.put("account", target().account);
    notice.put("type", deleted ? "run.deleted" : "run.updated");
    notice.put("id", "7");
    notice.put("trace", UUID.randomUUID().toString());
    notice.put(member, text);
    byte[] body = NastyTexts.json(notice);
    RawCaller.Heard heard = call("POST", "/webhooks/acme", signed(body), body);
    assertHarmless(heard);
    assertThat(heard.status()).isIn(200, 204, 400);
  }

  @Provide
  Arbitrary<String> members() {
    return Arbitraries.of("account", "type", "id", "trace");
  }

  @Provide
  Arbitrary<String> texts() {
    return NastyTexts.texts();
  }

  private String signed(byte[] body) {
    StringBuilder headers = new StringBuilder();
    AcmeCloud.sign(body, target().host.clock.instant())
        .forEach((name, value) -> headers.append(name).append(": ").append(value).append("\r\n"));
    return headers.toString();
  }

  @Property
  void handshakes(@ForAll("handshakeQueries") String query) {
    assertHarmless(call("GET", "/webhooks/acme?" + query, "", new byte[0]));
  }

  @Provide
  Arbitrary<String> handshakeQueries() {
    return NastyTexts.queries("challenge", "verify");
  }

  @Property
  void json(@ForAll("entries") String path, @ForAll("jsonBodies") byte[] body) {
    assertHarmless(call("POST", path, AUTHORIZED, body));
  }

  @Provide
  Arbitrary<String> entries() {
    return Arbitraries.of(
        "/v1/links",
        "/v1/dead-letters/replay",
        "/v1/quarantine/replay",
        "/v1/delivery/replay",
        "/v1/connections/acme/anna/backfills");
  }

  @Provide
  Arbitrary<byte[]> jsonBodies() {
    return NastyTexts.bodies(
        "vendor",
        "userId",
        "returnUrl",
        "options",
        "all",
        "why",
        "resourceType",
        "from",
        "to",
        "after",
        "cursor",
        "seq");
  }

  /** Up to the one nasty text, these are requests as an application makes them. */
  @Property
  void links(@ForAll("linkMembers") String member, @ForAll("texts") String text) {
    Map<String, Object> link = new TreeMap<>();
    link.put("vendor", "acme");
    link.put("userId", "fuzz");
    link.put("returnUrl", "https://app.example.test/after/x");
    link.put(member, member.equals("options") ? Map.of("region", text) : text);
    assertHarmless(call("POST", "/v1/links", AUTHORIZED, NastyTexts.json(link)));
  }

  @Provide
  Arbitrary<String> linkMembers() {
    return Arbitraries.of("vendor", "userId", "returnUrl", "options");
  }

  @Property
  void paths(
      @ForAll("methods") String method,
      @ForAll("templates") String template,
      @ForAll("addressTexts") String first,
      @ForAll("addressTexts") String second,
      @ForAll("queries") String query) {
    String path = template.replaceFirst("\\{}", quoted(first)).replaceFirst("\\{}", quoted(second));
    assertHarmless(call(method, path + "?" + query, AUTHORIZED, new byte[0]));
  }

  private static String quoted(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }

  @Provide
  Arbitrary<String> methods() {
    return Arbitraries.of(
        "GET", "GET", "GET", "HEAD", "POST", "DELETE", "PUT", "OPTIONS", "G\u00e9T");
  }

  @Provide
  Arbitrary<String> templates() {
    return Arbitraries.of(
        "/link/{}",
        "/oauth/{}/callback",
        "/webhooks/{}",
        "/v1/connections",
        "/v1/connections/acme/{}",
        "/v1/connections/{}/{}",
        "/v1/connections/{}/{}/rate-limit",
        "/v1/connections/acme/anna/data/{}",
        "/v1/connections/acme/anna/data/run/{}",
        "/v1/connections/acme/anna/data/{}/{}",
        "/v1/events",
        "/v1/dead-letters",
        "/v1/dead-letters/{}",
        "/v1/dead-letters/{}/replay",
        "/v1/quarantine",
        "/v1/quarantine/{}",
        "/v1/quarantine/{}/replay",
        "/v1/delivery",
        "/v1/delivery/parked",
        "/v1/delivery/parked/{}",
        "/v1/delivery/parked/{}/replay",
        "/v1/connectors",
        "/health/{}",
        "/{}/{}");
  }

  /** Without {@code wait}, which may wait for a minute. */
  @Provide
  Arbitrary<String> queries() {
    return NastyTexts.queries(
        "after",
        "limit",
        "vendor",
        "userId",
        "resourceType",
        "why",
        "reason",
        "from",
        "to",
        "cursor");
  }

  @Property
  void placesInTheStream(@ForAll("headerTexts") String id, @ForAll("addressTexts") String after) {
    assertHarmless(
        call(
            "GET",
            "/v1/events/stream?after=" + after,
            AUTHORIZED + "Last-Event-ID: " + id + "\r\n",
            new byte[0]));
  }

  @Property
  void keys(@ForAll("headerTexts") String key) {
    assertHarmless(call("GET", "/v1/events", "Authorization: " + key + "\r\n", new byte[0]));
  }

  @Property
  void heads(@ForAll("heads") byte[] head) {
    byte[] whole = (new String(head, ISO_8859_1) + "\r\nHost: h\r\n\r\n").getBytes(ISO_8859_1);
    target().caller.close();
    RawCaller.Heard heard = target().caller.send("GET", whole, new byte[0]);
    // What is said of a version of HTTP that is not served is a 5xx by its nature.
    assertHarmless(heard.status() == 505 ? new RawCaller.Heard(400, heard.text()) : heard);
    target().caller.close();
  }

  @Provide
  Arbitrary<byte[]> heads() {
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(80);
    Arbitrary<byte[]> lines =
        Combinators.combine(
                Arbitraries.of("GET", "POST", "\0", "get", "PRI"),
                headerTexts(),
                Arbitraries.of("HTTP/1.1", "HTTP/2.0", "HTTP/0.9", "", "HTTP/1.1 x"),
                headerTexts())
            .as(
                (method, path, version, more) ->
                    method + " /" + path + " " + version + "\r\n" + more)
            .map(text -> text.getBytes(ISO_8859_1));
    return Arbitraries.oneOf(bytes, lines);
  }

  private RawCaller.Heard call(String method, String target, String headers, byte[] body) {
    String head =
        "%s %s HTTP/1.1\r\nHost: h\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(method, target, headers, body.length);
    return target().caller.send(method, head.getBytes(ISO_8859_1), body);
  }

  private static void assertHarmless(RawCaller.Heard heard) {
    assertThat(heard.status()).as(heard.text()).isLessThan(500);
    // Quarantine tells the operator which fault of the connector it was, by its name.
    String told = heard.text().replaceAll("\"why\":\"[^\"]*\"", "");
    for (String secret : NEVER_TOLD) {
      assertThat(told.contains(secret)).as("%s characters in %s", secret.length(), told).isFalse();
    }
  }
}
