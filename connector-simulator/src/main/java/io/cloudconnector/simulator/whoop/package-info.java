/**
 * WHOOP's cloud as its developer pages and OpenAPI document describe it (developer.whoop.com, read
 * in November 2026): OAuth, the version 2 API, and webhooks. See {@link
 * io.cloudconnector.simulator.whoop.WhoopCloud}.
 */
@NullMarked
package io.cloudconnector.simulator.whoop;

import org.jspecify.annotations.NullMarked;
