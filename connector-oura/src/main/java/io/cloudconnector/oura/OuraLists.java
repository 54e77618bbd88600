package io.cloudconnector.oura;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.VendorApiException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Oura's lists, page by page. Ends where Oura leads in a circle. */
record OuraLists(OuraCalls calls, Function<OuraResource, URI> addresses) {
  /** No span that we ask for has so many; a list that has leads round and round. */
  static final int MOST_PAGES = 200;

  /**
   * One page.
   *
   * @param token what the page before named as its next
   * @throws VendorApiException also when this page names itself as its next
   */
  OuraPage page(
      Connection connection, OuraResource type, Map<String, String> query, Optional<String> token) {
    OuraPage page = OuraPage.read(answer(connection, type, query, token).body());
    if (page.next().isPresent() && page.next().equals(token)) {
      throw circle(type);
    }
    return page;
  }

  /** The rows of all pages. */
  List<byte[]> rows(Connection connection, OuraResource type, Map<String, String> query) {
    List<byte[]> rows = new ArrayList<>();
    Optional<String> token = Optional.empty();
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      OuraPage page = page(connection, type, query, token);
      rows.addAll(page.rows());
      token = page.next();
      if (token.isEmpty()) {
        return rows;
      }
    }
    throw circle(type);
  }

  /**
   * The answer to a question that has one whatever the person has.
   *
   * @throws VendorApiException also on 404
   */
  HttpReply answer(
      Connection connection, OuraResource type, Map<String, String> query, Optional<String> token) {
    HttpCall call = HttpCall.get(addresses.apply(type));
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      call = call.query(parameter.getKey(), parameter.getValue());
    }
    if (token.isPresent()) {
      call = call.query("next_token", token.get());
    }
    return calls
        .send(connection, call)
        .orElseThrow(
            () -> new VendorApiException("Oura does not know the list of " + type.declared(), 404));
  }

  static VendorApiException circle(OuraResource type) {
    return new VendorApiException(
        "Oura's list of " + type.declared() + " repeats a page or has no end", 0);
  }
}
