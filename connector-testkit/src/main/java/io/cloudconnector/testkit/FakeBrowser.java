package io.cloudconnector.testkit;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A person's browser, for a consent page that is there for real, such as a simulated cloud's. */
public final class FakeBrowser {
  private FakeBrowser() {}

  /**
   * Links an account: opens the page that the connector sends to, on which somebody consents at
   * once, and comes back with what the vendor says.
   */
  public static Linked link(FakeContext context, CloudConnector connector) {
    FakeLinkRequest request = FakeLinkRequest.with(context);
    if (!(connector.linking().begin(request) instanceof LinkStep.Redirect step)) {
      throw new AssertionError("the connector links by a form; call its Linking.complete instead");
    }
    FakeLinkAnswer answer = FakeLinkAnswer.of(FormText.all(sentBack(step.location())));
    return connector.linking().complete(request, answer.flowState(step.flowState()));
  }

  private static String sentBack(URI page) {
    try (HttpClient browser = HttpClient.newHttpClient()) {
      return browser
          .send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding())
          .headers()
          .firstValue("Location")
          .map(back -> URI.create(back).getRawQuery())
          .orElseThrow(() -> new AssertionError("the consent page does not send back: " + page));
    } catch (IOException e) {
      throw new UncheckedIOException("the consent page does not answer: " + page, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted at the consent page", e);
    }
  }
}
