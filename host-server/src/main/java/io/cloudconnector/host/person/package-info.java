/** What is held about one person, over all vendors: handing it out, and erasing it. */
@NullMarked
package io.cloudconnector.host.person;

import org.jspecify.annotations.NullMarked;
