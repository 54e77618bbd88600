/**
 * Oura's cloud as its developer pages, its OpenAPI document (1.35) and the experience of others
 * describe it, read in November 2026: OAuth, the version 2 API, webhook subscriptions, and webhooks
 * for those who subscribed. See {@link io.cloudconnector.simulator.oura.OuraCloud}.
 */
@NullMarked
package io.cloudconnector.simulator.oura;

import org.jspecify.annotations.NullMarked;
