package io.cloudconnector.core;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.core.OAuthQuirks.AccountCall;
import io.cloudconnector.core.TokenReply.Granted;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The vendor's names for the account behind a token. */
record OAuthAccount(ConnectorContext context, Endpoints endpoints, OAuthQuirks quirks) {
  Set<String> of(Granted granted, VendorHttp http) {
    Set<String> ids = new LinkedHashSet<>();
    quirks.accountInToken.ifPresent(pointer -> ids.add(id(granted.fields(), pointer)));
    quirks.accountCall.ifPresent(call -> ids.add(asked(call, granted.access(), http)));
    return ids;
  }

  Set<String> of(Connection connection) {
    Set<String> ids = new LinkedHashSet<>(connection.accountIds());
    quirks.accountCall.ifPresent(
        call -> ids.add(asked(call, connection.credentials().accessToken(), connection.http())));
    return ids;
  }

  private String asked(AccountCall call, Secret token, VendorHttp http) {
    HttpCall get =
        HttpCall.get(endpoints.below("base", call.path()))
            .header("Authorization", "Bearer " + token.reveal())
            .header("Accept", "application/json");
    HttpReply reply = http.send(get);
    if (reply.status() / 100 != 2) {
      String told = vendor() + " answered " + reply.status() + " when asked whose account it is";
      throw StatusFault.of(told, reply, List.of(), context.clock().instant());
    }
    try {
      return id(Json.parse(reply.body()), call.pointer());
    } catch (JsonException unusable) {
      throw unusable(unusable);
    }
  }

  private String id(Json json, String pointer) {
    try {
      return json.at(pointer).id();
    } catch (JsonException unusable) {
      throw unusable(unusable);
    }
  }

  private VendorApiException unusable(JsonException why) {
    return new VendorApiException(
        vendor() + " does not say whose account it is: " + why.getMessage(), 0);
  }

  private String vendor() {
    return context.config().vendor().name();
  }
}
