package io.cloudconnector.host.web;

import io.cloudconnector.api.Setting;
import java.util.List;

/**
 * The few plain pages that a person may see. Without scripts, styles and anything from elsewhere.
 */
final class Pages {
  private Pages() {}

  static Reply message(int status, String title, String text) {
    return page(status, title, "<p>" + escape(text) + "</p>");
  }

  /** A form for a vendor whose accounts are linked by something typed in. */
  static Reply form(List<Setting> fields, String state, String callback) {
    StringBuilder html = new StringBuilder();
    html.append("<form method=\"post\" action=\"").append(escape(callback)).append("\">");
    html.append("<input type=\"hidden\" name=\"state\" value=\"")
        .append(escape(state))
        .append("\">");
    for (Setting field : fields) {
      html.append("<p><label>")
          .append(escape(field.doc()))
          .append("<br><input name=\"")
          .append(escape(field.name()))
          .append("\" type=\"")
          .append(field.isSecret() ? "password" : "text")
          .append("\" autocomplete=\"off\"")
          .append(field.isRequired() ? " required" : "")
          .append("></label></p>");
    }
    html.append("<p><button>Connect</button></p></form>");
    return page(200, "Connect", html.toString());
  }

  private static Reply page(int status, String title, String content) {
    return Reply.text(
        status,
        "text/html; charset=utf-8",
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title></head>
        <body><h1>%s</h1>%s</body>
        </html>
        """
            .formatted(escape(title), escape(title), content));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
