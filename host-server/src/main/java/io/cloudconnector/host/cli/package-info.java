/** The command line: reads arguments, prints, and decides exit statuses. Wires nothing itself. */
@NullMarked
package io.cloudconnector.host.cli;

import org.jspecify.annotations.NullMarked;
