/** A plugin that does the least a webhook can cost: what everything else is compared with. */
@NullMarked
package io.cloudconnector.benchmarks.ceiling;

import org.jspecify.annotations.NullMarked;
