package io.cloudconnector.testkit.thorough;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.Subscription;
import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One hook for each type; one per type is allowed. */
record ThoroughSubscriptions(ConnectorContext context, Application application, URI hooks)
    implements Subscriptions {
  /** The way to the vendor for the application, as the connector's base class has it. */
  interface Application {
    Optional<HttpReply> call(HttpCall call);
  }

  private record Hook(String id, String type, URI url) {
    static Hook read(Json hook) {
      return new Hook(
          hook.at("/id").id(), hook.at("/type").text(), URI.create(hook.at("/url").text()));
    }

    Subscription told() {
      return Subscription.of(type, url).id(id);
    }
  }

  @Override
  public SubscriptionResult reconcile(SubscriptionRequest request) {
    List<Hook> there = new ArrayList<>();
    for (Hook hook : list()) {
      if (request.wantedTypes().contains(hook.type())) {
        there.add(
            isOurs(hook, request) || !request.takeOver()
                ? hook
                : write("PUT", address(hook), hook.type(), request));
      } else if (isOurs(hook, request)) {
        application.call(HttpCall.of("DELETE", address(hook)));
      }
    }
    for (String type : request.wantedTypes()) {
      if (there.stream().noneMatch(hook -> hook.type().equals(type))) {
        there.add(write("POST", hooks, type, request));
      }
    }
    return SubscriptionResult.upToDate(
        context.clock().instant().plus(Duration.ofDays(1)),
        there.stream().filter(hook -> isOurs(hook, request)).map(Hook::told).toList(),
        there.stream().filter(hook -> !isOurs(hook, request)).map(Hook::told).toList());
  }

  private static boolean isOurs(Hook hook, SubscriptionRequest request) {
    return hook.url().equals(request.callbackUrl());
  }

  private List<Hook> list() {
    return Json.parse(answer(HttpCall.get(hooks)).body()).elements().stream()
        .map(Hook::read)
        .toList();
  }

  private Hook write(String method, URI address, String type, SubscriptionRequest request) {
    JsonObject body =
        JsonObject.empty()
            .text("type", type)
            .text("url", request.callbackUrl().toString())
            .text("token", token().reveal());
    HttpCall call = HttpCall.of(method, address).body(body.bytes(), "application/json");
    return Hook.read(Json.parse(answer(call).body()));
  }

  private Secret token() {
    context.state().writeIfAbsent(ThoroughConnector.TOKEN, Secret.of("made-up-fixed-token"));
    return context.state().read(ThoroughConnector.TOKEN).orElseThrow();
  }

  private HttpReply answer(HttpCall call) {
    return application
        .call(call)
        .orElseThrow(() -> new VendorApiException("Thorough answered 404 to " + call, 404));
  }

  private URI address(Hook hook) {
    return URI.create(hooks + "/" + hook.id());
  }
}
