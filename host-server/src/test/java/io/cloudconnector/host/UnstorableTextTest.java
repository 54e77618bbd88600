package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A NUL that PostgreSQL cannot store, and half characters that nothing can, are somebody's fault.
 */
final class UnstorableTextTest extends HostTest {
  private static final String[] TEXTS = {"a\0b", "\ud800", "x\udc00"};

  @Test
  void inASignedWebhookTheyLeadToQuarantineAndNotToRepeatsForEver() throws InterruptedException {
    host.link("anna");
    int kept = 0;
    for (String member : new String[] {"account", "type", "id", "trace"}) {
      for (String text : TEXTS) {
        Map<String, String> notice =
            new TreeMap<>(
                Map.of("account", "a", "type", "run.updated", "id", "7", "trace", "t" + kept));
        notice.put(member, member.equals("type") ? "run.updated" + text : text);
        assertThat(acme.deliver(new String(NastyTexts.json(notice), US_ASCII)))
            .as(member)
            .isEqualTo(400);
        kept++;
      }
    }
    assertThat(api.get("/v1/quarantine").json().get("quarantine").size()).isEqualTo(kept);
  }

  @Test
  void inAQueryTheyAreTheCallersFault() {
    for (String path :
        new String[] {
          "/v1/connections?userId=%00",
          "/v1/connections?vendor=%00",
          "/v1/dead-letters?vendor=%00",
          "/v1/dead-letters?userId=a%00",
          "/v1/dead-letters?resourceType=%00",
          "/v1/dead-letters?why=%00",
          "/v1/dead-letters?after=%00",
          "/v1/quarantine?vendor=%00",
          "/v1/quarantine?why=%00",
          "/v1/events?after=%00",
          "/oauth/acme/callback?state=%00",
          "/oauth/acme/callback?state=x&error=%00",
        }) {
      assertThat(api.get(path).status()).as(path).isIn(400, 404);
    }
  }

  @Test
  void inJsonTheyAreTheCallersFault() {
    for (String text : TEXTS) {
      for (String member : new String[] {"vendor", "userId", "returnUrl"}) {
        Map<String, Object> link = new TreeMap<>(Map.of("vendor", "acme", "userId", "u"));
        link.put(member, text);
        assertPosted("/v1/links", link);
      }
      assertPosted(
          "/v1/links", Map.of("vendor", "acme", "userId", "u", "options", Map.of("region", text)));
      assertPosted(
          "/v1/links", Map.of("vendor", "acme", "userId", "u", "options", Map.of(text, "eu")));
      for (String member : new String[] {"vendor", "userId", "resourceType", "why"}) {
        assertPosted("/v1/dead-letters/replay", Map.of(member, text));
      }
      for (String member : new String[] {"vendor", "why"}) {
        assertPosted("/v1/quarantine/replay", Map.of(member, text));
      }
    }
  }

  private void assertPosted(String path, Map<String, ?> body) {
    String json = new String(NastyTexts.json(body), US_ASCII);
    assertThat(api.post(path, json).status()).as(path + " " + json).isIn(400, 404);
  }
}
