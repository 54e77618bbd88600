package io.cloudconnector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Secret;
import io.cloudconnector.core.WebhookVerifier.Part;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {
  private static final String KEY = "a client's secret";
  private static final String BODY = "{\"user_id\":10129,\"id\":\"\u00e9\"}";
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);
  private static final String MILLIS = "1700000000123";
  private static final String SECONDS = "1700000000";
  private static final Optional<Duration> TOLERANCE = Optional.of(Duration.ofMinutes(5));

  private static final WebhookVerifier WHOOP_STYLE =
      WebhookVerifier.hmacSha256()
          .base64()
          .signature("X-Acme-Signature")
          .timestampMillis("X-Acme-Timestamp")
          .signs(Part.timestamp(), Part.body());

  private static final WebhookVerifier OURA_STYLE =
      WebhookVerifier.hmacSha256()
          .hex()
          .signature("x-acme-signature")
          .timestampOpaque("x-acme-timestamp")
          .signs(Part.timestamp(), Part.body());

  private static final WebhookVerifier STRAVA_STYLE =
      WebhookVerifier.hmacSha256()
          .hex()
          .signature("X-Acme-Signature")
          .prefix("v1=")
          .timestampSeconds("X-Acme-Timestamp")
          .signs(Part.timestamp(), Part.text("."), Part.body());

  private static final WebhookVerifier FITBIT_STYLE =
      WebhookVerifier.hmacSha1().base64().keySuffix("&").signature("X-Acme-Signature");

  private final TestRequest whoop = timed(MILLIS, base64(sha256(KEY, MILLIS + BODY)));
  private final TestRequest oura =
      timed(SECONDS, HexFormat.of().withUpperCase().formatHex(sha256(KEY, SECONDS + BODY)));
  private final TestRequest strava =
      timed(SECONDS, "v1=" + HexFormat.of().formatHex(sha256(KEY, SECONDS + "." + BODY)));
  private final TestRequest fitbit =
      TestRequest.post(BODY).with("X-Acme-Signature", base64(mac("HmacSHA1", KEY + "&", BODY)));

  @Test
  void refusesAnySingleChangedByteOfTheBody() {
    byte[] bytes = BODY.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      byte[] forged = bytes.clone();
      forged[i] ^= 1;
      assertThat(verify(WHOOP_STYLE, whoop.body(forged))).isFalse();
      assertThat(verify(OURA_STYLE, oura.body(forged))).isFalse();
      assertThat(verify(STRAVA_STYLE, strava.body(forged))).isFalse();
      assertThat(verify(FITBIT_STYLE, fitbit.body(forged))).isFalse();
    }
  }

  @Test
  void refusesAnySingleChangedCharacterOfTheSignature() {
    refusesChanges(WHOOP_STYLE, whoop, "X-Acme-Signature", 1);
    refusesChanges(OURA_STYLE, oura, "X-Acme-Signature", 1);
    refusesChanges(STRAVA_STYLE, strava, "X-Acme-Signature", 1);
    refusesChanges(FITBIT_STYLE, fitbit, "X-Acme-Signature", 1);
  }

  @Test
  void refusesAnySingleChangedDigitOfTheTime() {
    refusesChanges(WHOOP_STYLE, whoop, "X-Acme-Timestamp", 1);
    refusesChanges(OURA_STYLE, oura, "X-Acme-Timestamp", 1);
    refusesChanges(STRAVA_STYLE, strava, "X-Acme-Timestamp", 1);
  }

  @Test
  void refusesAMissingHeader() {
    assertThat(verify(WHOOP_STYLE, whoop.without("X-Acme-Signature"))).isFalse();
    assertThat(verify(WHOOP_STYLE, whoop.without("X-Acme-Timestamp"))).isFalse();
    assertThat(verify(OURA_STYLE, oura.without("X-Acme-Timestamp"))).isFalse();
    assertThat(verify(FITBIT_STYLE, fitbit.without("X-Acme-Signature"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "v1=", "zz", "\u0130", "AAAA", "%00"})
  void refusesGarbageForASignature(String garbage) {
    assertThat(verify(WHOOP_STYLE, whoop.with("X-Acme-Signature", garbage))).isFalse();
    assertThat(verify(OURA_STYLE, oura.with("X-Acme-Signature", garbage))).isFalse();
    assertThat(verify(STRAVA_STYLE, strava.with("X-Acme-Signature", garbage))).isFalse();
  }

  @Test
  void refusesASignatureWithoutItsPrefix() {
    String bare = strava.header("X-Acme-Signature").orElseThrow().substring(3);
    assertThat(verify(STRAVA_STYLE, strava.with("X-Acme-Signature", bare))).isFalse();
    assertThat(verify(STRAVA_STYLE, strava.with("X-Acme-Signature", "v2=" + bare))).isFalse();
  }

  @Test
  void refusesAnotherKeyAndNoKey() {
    assertThat(verify(WHOOP_STYLE, whoop, "another")).isFalse();
    assertThat(verify(WHOOP_STYLE, whoop)).isTrue();
    assertThat(WHOOP_STYLE.verify(whoop, List.of(), TOLERANCE, InstantSource.fixed(NOW))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "-1", "1700000000.123", " 1700000000123", "99999999999999999999"})
  void refusesATimeThatIsNone(String time) {
    assertThat(verify(WHOOP_STYLE, timed(time, base64(sha256(KEY, time + BODY))))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "2023-11-14", "22:13:20", "99999999999999999999"})
  void refusesAnUndeclaredTimeThatLooksLikeNone(String time) {
    TestRequest request = timed(time, HexFormat.of().formatHex(sha256(KEY, time + BODY)));
    assertThat(verify(OURA_STYLE, request)).isFalse();
  }

  @Test
  void refusesWhatIsTooOldOrTooNew() {
    assertThat(at(NOW.plus(Duration.ofMinutes(5)))).isTrue();
    assertThat(at(NOW.plus(Duration.ofMinutes(5)).plusMillis(1))).isFalse();
    assertThat(at(NOW.minus(Duration.ofMinutes(5)))).isTrue();
    assertThat(at(NOW.minus(Duration.ofMinutes(5)).minusMillis(1))).isFalse();
  }

  @Test
  void looksAtNoTimeWithoutATolerance() {
    InstantSource later = InstantSource.fixed(NOW.plus(Duration.ofDays(9)));
    List<Secret> keys = List.of(Secret.of(KEY));
    assertThat(WHOOP_STYLE.verify(whoop, keys, Optional.empty(), later)).isTrue();
    TestRequest odd = timed("soon", base64(sha256(KEY, "soon" + BODY)));
    assertThat(WHOOP_STYLE.verify(odd, keys, Optional.empty(), later)).isTrue();
  }

  @Test
  void readsSecondsAndMillisecondsAsDeclared() {
    TestRequest seconds = timed(SECONDS, base64(sha256(KEY, SECONDS + BODY)));
    assertThat(verify(WHOOP_STYLE, seconds)).isFalse();
    assertThat(verify(WHOOP_STYLE.timestampSeconds("X-Acme-Timestamp"), seconds)).isTrue();
    assertThat(verify(WHOOP_STYLE.timestampSeconds("X-Acme-Timestamp"), whoop)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECONDS,
        MILLIS,
        "2023-11-14T22:13:20Z",
        "2023-11-14T23:13:20.5+01:00",
        "2023-11-14T22:13:20",
        "2023-11-14T22:13:20.123456"
      })
  void readsAnUndeclaredTimeAsWhatItLooksLike(String time) {
    TestRequest request = timed(time, HexFormat.of().formatHex(sha256(KEY, time + BODY)));
    assertThat(verify(OURA_STYLE, request)).isTrue();
    InstantSource later = InstantSource.fixed(NOW.plus(Duration.ofMinutes(6)));
    List<Secret> keys = List.of(Secret.of(KEY));
    assertThat(OURA_STYLE.verify(request, keys, TOLERANCE, later)).isFalse();
    assertThat(OURA_STYLE.verify(request, keys, Optional.empty(), later)).isTrue();
  }

  @Test
  void acceptsEachStyle() {
    assertThat(verify(WHOOP_STYLE, whoop)).isTrue();
    assertThat(verify(OURA_STYLE, oura)).isTrue();
    assertThat(verify(STRAVA_STYLE, strava)).isTrue();
    assertThat(verify(FITBIT_STYLE, fitbit)).isTrue();
  }

  @Test
  void acceptsTheTestVectorOfRfc2202() {
    WebhookVerifier verifier = WebhookVerifier.hmacSha1().signature("S");
    TestRequest request =
        TestRequest.post("what do ya want for nothing?")
            .with("S", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    assertThat(verify(verifier, request, "Jefe")).isTrue();
  }

  @Test
  void acceptsTheTestVectorOfRfc4231() {
    WebhookVerifier verifier = WebhookVerifier.hmacSha256().signature("S");
    TestRequest request =
        TestRequest.post("what do ya want for nothing?")
            .with("S", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThat(verify(verifier, request, "Jefe")).isTrue();
  }

  @Test
  void acceptsEitherCaseOfHex() {
    String lower = oura.header("x-acme-signature").orElseThrow().toLowerCase(Locale.ROOT);
    assertThat(verify(OURA_STYLE, oura.with("x-acme-signature", lower))).isTrue();
  }

  @Test
  void acceptsEitherCaseOfTheHeadersName() {
    WebhookVerifier shouting =
        WHOOP_STYLE.signature("X-ACME-SIGNATURE").timestampMillis("x-acme-TIMESTAMP");
    assertThat(verify(shouting, whoop)).isTrue();
  }

  @Test
  void acceptsARetiringKeyBesideTheNewOne() {
    assertThat(verify(WHOOP_STYLE, whoop, "new", KEY)).isTrue();
    assertThat(verify(WHOOP_STYLE, whoop, KEY, "old")).isTrue();
    assertThat(verify(WHOOP_STYLE, whoop, "new", "old")).isFalse();
  }

  @Test
  void signsTheAddressWhereAskedTo() {
    WebhookVerifier verifier =
        WebhookVerifier.hmacSha256().signature("S").signs(Part.url(), Part.body());
    String signed = "https://connect.example.com/webhooks/acme?key=1" + BODY;
    TestRequest request =
        TestRequest.post(BODY).with("S", HexFormat.of().formatHex(sha256(KEY, signed)));
    assertThat(verify(verifier, request)).isTrue();
  }

  @Test
  void tellsItsAuthorWhatIsMissing() {
    assertThatThrownBy(() -> verify(WebhookVerifier.hmacSha256(), whoop))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("signature(");
    WebhookVerifier timeless =
        WebhookVerifier.hmacSha256().signature("S").signs(Part.timestamp(), Part.body());
    assertThatThrownBy(() -> verify(timeless, whoop))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("timestampMillis(");
  }

  private boolean at(Instant clock) {
    return WHOOP_STYLE.verify(
        whoop, List.of(Secret.of(KEY)), TOLERANCE, InstantSource.fixed(clock));
  }

  private static void refusesChanges(
      WebhookVerifier verifier, TestRequest request, String header, int bit) {
    String value = request.header(header).orElseThrow();
    for (int i = 0; i < value.length(); i++) {
      StringBuilder forged = new StringBuilder(value);
      forged.setCharAt(i, (char) (value.charAt(i) ^ bit));
      assertThat(verify(verifier, request.with(header, forged.toString())))
          .as("character %d of %s", i, header)
          .isFalse();
    }
  }

  private static boolean verify(WebhookVerifier verifier, TestRequest request) {
    return verify(verifier, request, KEY);
  }

  private static boolean verify(WebhookVerifier verifier, TestRequest request, String... keys) {
    List<Secret> secrets = List.of(keys).stream().map(Secret::of).toList();
    return verifier.verify(request, secrets, TOLERANCE, InstantSource.fixed(NOW));
  }

  private static TestRequest timed(String time, String signature) {
    return TestRequest.post(BODY)
        .with("X-Acme-Timestamp", time)
        .with("X-Acme-Signature", signature);
  }

  private static byte[] sha256(String key, String message) {
    return mac("HmacSHA256", key, message);
  }

  private static byte[] mac(String algorithm, String key, String message) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
