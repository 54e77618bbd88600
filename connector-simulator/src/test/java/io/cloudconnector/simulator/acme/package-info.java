/** A vendor's cloud as a third party writes it: with what the toolkit shows in public, no more. */
@NullMarked
package io.cloudconnector.simulator.acme;

import org.jspecify.annotations.NullMarked;
