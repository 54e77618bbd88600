/**
 * Tests of the unpacked distribution, started as an operator starts it and seen from outside only:
 * exit status, output, HTTP.
 */
@NullMarked
package io.cloudconnector.distribution;

import org.jspecify.annotations.NullMarked;
