/**
 * How fast the host is: a load program that runs the host as a process of its own, with real
 * sockets, plugins and databases, and tells ratios measured in one run.
 */
@NullMarked
package io.cloudconnector.benchmarks;

import org.jspecify.annotations.NullMarked;
