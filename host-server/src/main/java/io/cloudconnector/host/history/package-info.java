/**
 * What was before, and what webhooks missed: which types of a person are gone through, from when to
 * when, and when that is begun. The pages themselves are work of the pipeline.
 */
@NullMarked
package io.cloudconnector.host.history;

import org.jspecify.annotations.NullMarked;
