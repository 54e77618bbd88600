package io.cloudconnector.host.plugin;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorState;
import io.cloudconnector.api.Intake;
import io.cloudconnector.api.RateLimits;
import io.cloudconnector.api.VendorConfig;
import io.cloudconnector.api.VendorHttp;
import java.time.InstantSource;

record HostContext(
    VendorConfig config,
    VendorHttp http,
    ConnectorState state,
    RateLimits limits,
    Intake intake,
    InstantSource clock)
    implements ConnectorContext {}
