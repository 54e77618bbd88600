/** The host process: how its rooms are put together. */
@NullMarked
package io.cloudconnector.host;

import org.jspecify.annotations.NullMarked;
