/** What can be seen of a running host: the form of its log, and its metrics. */
@NullMarked
package io.cloudconnector.host.observe;

import org.jspecify.annotations.NullMarked;
