/**
 * How events reach the operator: as CloudEvents, read page by page with a cursor of the reader's
 * own, or sent to a webhook whose position the host keeps.
 */
@NullMarked
package io.cloudconnector.host.delivery;

import org.jspecify.annotations.NullMarked;
