package io.cloudconnector.api;

/**
 * Where a plugin begins: the type that the host looks up with {@link java.util.ServiceLoader}. A
 * public class with a public no-argument constructor and no side effects, named in {@code
 * META-INF/services/io.cloudconnector.api.ConnectorFactory}.
 */
public interface ConnectorFactory {
  /** Pure data, asked once. */
  Descriptor descriptor();

  /**
   * The connector, made once per start of the host when the operator configured its vendor. No I/O
   * here.
   *
   * @throws ConnectorException when the settings make no sense together; the message tells the
   *     operator what to change
   */
  CloudConnector create(ConnectorContext context);
}
