package io.cloudconnector.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One vendor's cloud, played on this machine. Found by {@link java.util.ServiceLoader}: an
 * implementation has a public constructor without arguments that touches nothing; the cloud comes
 * to life with {@link #start()} and is gone after {@link #close()}. Safe for use by many threads.
 */
public interface SimulatedCloud extends AutoCloseable {
  /** The vendor's name as in the host's configuration, such as {@code whoop}. */
  String vendor();

  /**
   * Opens the cloud on a free port of 127.0.0.1.
   *
   * @throws IllegalStateException when it was started before
   */
  void start();

  /**
   * What belongs under {@code connectors.<vendor>} of the host's configuration so that it talks to
   * this cloud: {@code clientId}, {@code clientSecret}, {@code baseUrl}, {@code authUrl}, {@code
   * tokenUrl} and, where the vendor has one, {@code revokeUrl}. Holds a secret: not for logs.
   *
   * @throws IllegalStateException before {@link #start()}: the port is not known yet
   */
  Map<String, Object> connectorSettings();

  /**
   * Where webhooks go from now on, instead of where they went before. Until set, none are sent. At
   * a vendor with subscriptions it counts as long as nobody has subscribed; from then on each
   * webhook goes where its subscription says.
   */
  void sendWebhooksTo(URI url);

  /**
   * Opens a new account with some history in it; whoever consents next, consents for it.
   *
   * @return the vendor's id of the account
   */
  String addPerson();

  /**
   * Whoever consents next, and until something else is said, consents for this account.
   *
   * @throws IllegalArgumentException when there is no such account
   */
  void consentAs(String accountId);

  /**
   * Lets something happen to one of the people who consented: documents are written, rewritten or
   * deleted, and the vendor's webhooks for it are on their way.
   *
   * @return the webhooks, possibly still under way; empty while nobody has consented, or while no
   *     webhook address is set
   */
  List<Delivery> makeChange();

  /** Stops answering and sending. May be called twice, and before {@link #start()}. */
  @Override
  void close();
}
