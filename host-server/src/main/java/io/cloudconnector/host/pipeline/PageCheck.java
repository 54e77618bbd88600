package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import java.nio.charset.StandardCharsets;

/** Lets only pages through that can be handed on and gone on from. */
final class PageCheck {
  /** In characters; it is stored with each page. */
  static final int LONGEST_CURSOR = 16 * 1024;

  private PageCheck() {}

  /**
   * Passes the page on.
   *
   * @throws BadPageException when it has documents of another type, or a cursor that leads back to
   *     itself or cannot be stored
   * @throws VendorApiException when a document calls itself JSON and is not
   */
  static HistoryPage checked(HistoryPage page, PageQuery query) {
    for (VendorData document : page.records()) {
      if (!document.resource().type().equals(query.resourceType())) {
        throw new BadPageException(
            "a page of %s has a document of %s"
                .formatted(query.resourceType(), document.resource().type()));
      }
      WellFormed.checked(document);
    }
    page.cursor().ifPresent(cursor -> check(cursor, query));
    return page;
  }

  private static void check(String cursor, PageQuery query) {
    if (query.cursor().filter(cursor::equals).isPresent()) {
      throw new BadPageException(
          "the list of %s goes in circles: a page leads to itself".formatted(query.resourceType()));
    }
    if (cursor.length() > LONGEST_CURSOR || !isStorable(cursor)) {
      throw new BadPageException(
          "the list of %s leads on by a cursor of more than %d characters, or not all of them whole"
              .formatted(query.resourceType(), LONGEST_CURSOR));
    }
  }

  /** A database gives it back exactly: PostgreSQL takes no NUL, and nobody half a character. */
  private static boolean isStorable(String cursor) {
    return cursor.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(cursor);
  }
}
