/**
 * A person's link to a vendor: the walk through the consent page, the stored grant, the one place
 * where tokens are refreshed, and the end of it.
 */
@NullMarked
package io.cloudconnector.host.link;

import org.jspecify.annotations.NullMarked;
