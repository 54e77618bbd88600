package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.NewEvent;

/**
 * A document of a page.
 *
 * @param event what it becomes where it is new
 * @param content its {@link ContentHash}
 */
record PageDocument(NewEvent event, Bytes content) {}
