/**
 * What the operator configured: reads the one YAML file, reports every fault of it at once, and
 * hands out immutable settings.
 */
@NullMarked
package io.cloudconnector.host.config;

import org.jspecify.annotations.NullMarked;
