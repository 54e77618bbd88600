package io.cloudconnector.testkit;

/**
 * What the host relies on in every connector. A connector's test extends this class, names its
 * factory, shows some documents and events of its vendor, and says how the vendor signs:
 *
 * <pre>{@code
 * class AcmeContractTest extends ConnectorContract {
 *   public ConnectorFactory factory() { return new AcmeConnectorFactory(); }
 *   public List<ResourceSample> resources() {
 *     return List.of(ResourceSample.of(Resource.one("steps", "7"), Exchange.get("/v1/steps/7", "{…}")));
 *   }
 *   public List<EventSample> events() {
 *     return List.of(EventSample.of("{…}")
 *         .requires("/user", "/day").pathIds("/day")
 *         .tells("u1", Resource.one("steps", "7")));
 *   }
 *   public FakeWebhook sign(FakeWebhook request, Secret secret, Instant sentAt) { … }
 * }
 * }</pre>
 *
 * <p>A connector that learns the account from the token reply ({@code OAuth.accountFromToken}) also
 * overrides {@link #tokens}, so that the reply names one; one that asks for it ({@code
 * accountFrom}) overrides {@link #linkingCalls}. The clock stands at 2026-01-15T08:00:00Z.
 *
 * <p>The vendor is played by a {@link StubVendor} over real HTTP; nothing leaves this machine. A
 * call that no sample shows fails the test and is named. What a vendor does not have (webhooks,
 * signatures, a token endpoint) is skipped by the descriptor's word, and the optional roles
 * (history, subscriptions, a handshake) where the connector has none.
 */
public abstract class ConnectorContract
    implements DescriptorCases,
        WebhookCases,
        ParsingCases,
        BatchCases,
        FetchingCases,
        RefusalCases,
        LinkingCases,
        LimitCases,
        HistoryCases,
        HistorySpanCases,
        HistoryRefusalCases,
        SubscriptionCases,
        HandshakeCases {}
