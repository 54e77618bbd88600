/** A connector with libraries of its own. */
@NullMarked
package io.cloudconnector.sample;

import org.jspecify.annotations.NullMarked;
