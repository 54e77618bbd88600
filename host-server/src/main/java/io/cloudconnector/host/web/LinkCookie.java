package io.cloudconnector.host.web;

import io.cloudconnector.host.link.LinkFlow;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** The cookie that binds a walk to one browser. */
record LinkCookie(String name, boolean secure) {
  private static final String NAME = "connector_link";
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** Over TLS it is never sent in clear, and no neighbouring host can set it (RFC 6265bis). */
  static LinkCookie of(URI publicUrl) {
    boolean secure = "https".equals(publicUrl.getScheme());
    return new LinkCookie(secure ? "__Host-" + NAME : NAME, secure);
  }

  /** The value of {@code Set-Cookie}. Lax, since people come back by a link of another site. */
  String holding(String token) {
    return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
        .formatted(name, token, LinkFlow.WALK_LIFE.toSeconds(), secure ? "; Secure" : "");
  }

  /** What this browser holds from an earlier walk; empty for anything that is not of ours. */
  Optional<String> token(Exchange exchange) {
    return exchange.cookie(name).filter(token -> TOKEN.matcher(token).matches());
  }
}
