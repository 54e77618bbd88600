/** Encrypts what must never lie in clear in the database, and opens it again. */
@NullMarked
package io.cloudconnector.host.vault;

import org.jspecify.annotations.NullMarked;
