/** A connector with every optional role, to hold the contract against. */
@NullMarked
package io.cloudconnector.testkit.thorough;

import org.jspecify.annotations.NullMarked;
