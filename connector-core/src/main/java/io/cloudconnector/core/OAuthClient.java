package io.cloudconnector.core;

import com.nimbusds.oauth2.sdk.Request;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.VendorConfig;
import io.cloudconnector.api.VendorHttp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The application towards the vendor's authorisation server. */
record OAuthClient(VendorConfig config, boolean basic) {
  ClientID id() {
    return new ClientID(config.clientId());
  }

  ClientAuthentication authentication() {
    Secret secret = new Secret(config.clientSecret().reveal());
    return basic ? new ClientSecretBasic(id(), secret) : new ClientSecretPost(id(), secret);
  }

  /** Sends a request over our own HTTP, which knows the hosts, the deadline and the limits. */
  HttpReply send(VendorHttp http, Request request) {
    HTTPRequest form = request.toHTTPRequest();
    HttpCall call = HttpCall.of(form.getMethod().name(), form.getURI());
    for (Map.Entry<String, List<String>> header : form.getHeaderMap().entrySet()) {
      call = call.header(header.getKey(), String.join(", ", header.getValue()));
    }
    return http.send(
        call.header("Accept", "application/json")
            .body(
                form.getBody().getBytes(StandardCharsets.UTF_8),
                "application/x-www-form-urlencoded"));
  }
}
