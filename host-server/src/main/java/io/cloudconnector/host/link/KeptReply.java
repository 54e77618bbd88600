package io.cloudconnector.host.link;

import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.core.SimpleHttpReply;
import io.cloudconnector.host.store.Bytes;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One answer of a vendor's to a refresh, as it came.
 *
 * @param method of the call that it answers
 * @param address of that call, without its query
 * @param at when it came
 */
record KeptReply(
    String method,
    String address,
    int status,
    Map<String, String> headers,
    Bytes body,
    Instant at) {
  private static final int MOST_UNREAD = 4;
  private static final JsonMapper JSON = JsonMapper.shared();

  KeptReply {
    headers = Map.copyOf(headers);
  }

  static KeptReply of(HttpCall call, HttpReply reply, Instant at) {
    Map<String, String> headers =
        reply instanceof SimpleHttpReply whole ? whole.headers() : Map.of();
    return new KeptReply(
        call.method(), address(call), reply.status(), headers, Bytes.of(reply.body()), at);
  }

  private static String address(HttpCall call) {
    URI uri = call.uri();
    return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }

  boolean answers(HttpCall call) {
    return call.method().equals(method) && address(call).equals(address);
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  HttpReply reply() {
    return SimpleHttpReply.of(status, headers, body.toArray());
  }

  /** Of these the newest that a vendor gave as a success. */
  static List<KeptReply> withTokensPerhaps(List<KeptReply> replies) {
    List<KeptReply> found = replies.stream().filter(KeptReply::isSuccess).toList();
    return found.subList(Math.max(0, found.size() - MOST_UNREAD), found.size());
  }

  static byte[] write(List<KeptReply> replies) {
    ArrayNode all = JSON.createArrayNode();
    for (KeptReply reply : replies) {
      ObjectNode one = all.addObject();
      one.put("method", reply.method);
      one.put("address", reply.address);
      one.put("status", reply.status);
      one.put("at", reply.at.toEpochMilli());
      one.put("body", Base64.getEncoder().encodeToString(reply.body.toArray()));
      reply.headers.forEach(one.putObject("headers")::put);
    }
    return JSON.writeValueAsBytes(all);
  }

  static List<KeptReply> read(byte[] json) {
    List<KeptReply> replies = new ArrayList<>();
    for (JsonNode one : JSON.readTree(json)) {
      Map<String, String> headers = new TreeMap<>();
      one.get("headers")
          .properties()
          .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
      replies.add(
          new KeptReply(
              one.get("method").asString(),
              one.get("address").asString(),
              one.get("status").asInt(),
              headers,
              Bytes.of(Base64.getDecoder().decode(one.get("body").asString())),
              Instant.ofEpochMilli(one.get("at").asLong())));
    }
    return replies;
  }

  /** Whose it is and how large; a body and headers may hold tokens. */
  @Override
  public String toString() {
    return status + " to " + method + " (" + body.size() + " bytes)";
  }
}
