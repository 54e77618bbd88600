/**
 * The HTTP interface: routes, answers and their errors. What a route does lives in the other rooms.
 */
@NullMarked
package io.cloudconnector.host.web;

import org.jspecify.annotations.NullMarked;
