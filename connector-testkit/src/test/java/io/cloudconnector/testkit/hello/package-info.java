/** A connector as small as one can be. */
@NullMarked
package io.cloudconnector.testkit.hello;

import org.jspecify.annotations.NullMarked;
