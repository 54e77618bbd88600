/** The base class of connectors and what it is made of. */
@NullMarked
package io.cloudconnector.core;

import org.jspecify.annotations.NullMarked;
