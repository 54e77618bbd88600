/**
 * How events reach the operator: as CloudEvents, read page by page with a cursor of the reader's
 * own.
 */
@NullMarked
package io.cloudconnector.host.delivery;

import org.jspecify.annotations.NullMarked;
