/** Vendor clouds over real HTTP, to test and demonstrate against. */
@NullMarked
package io.cloudconnector.simulator;

import org.jspecify.annotations.NullMarked;
