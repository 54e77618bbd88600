/**
 * What a connector is written against. See {@link io.cloudconnector.api.ConnectorFactory}, where a
 * plugin begins.
 */
@NullMarked
package io.cloudconnector.api;

import org.jspecify.annotations.NullMarked;
