package io.cloudconnector.oura;

import io.cloudconnector.api.ConnectorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a list is gone on with: {@code page:2:token}. Stored by the host, so a form once written is
 * read for ever.
 *
 * @param page the number of the page that the token leads to; the first page is 1
 */
record OuraCursor(int page, String token) {
  private static final Pattern FORM = Pattern.compile("page:([0-9]{1,6}):(.+)", Pattern.DOTALL);

  static OuraCursor read(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new ConnectorException(
          "a stored cursor is of a form that this version of the connector does not know");
    }
    return new OuraCursor(Integer.parseInt(matcher.group(1)), matcher.group(2));
  }

  String text() {
    return "page:" + page + ":" + token;
  }
}
