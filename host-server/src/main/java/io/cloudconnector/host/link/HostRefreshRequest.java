package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.VendorHttp;
import java.util.Set;

record HostRefreshRequest(Credentials current, Set<String> scopes, VendorHttp http)
    implements RefreshRequest {}
