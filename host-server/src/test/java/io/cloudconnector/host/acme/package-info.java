/** A made-up vendor's connector. The tests put it into a jar and load it as a plugin. */
@NullMarked
package io.cloudconnector.host.acme;

import org.jspecify.annotations.NullMarked;
