package io.cloudconnector.oura;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import java.util.Optional;

/** The way to Oura for a person, as the connector's base class has it. */
interface OuraCalls {
  /** The successful answer; empty on 404. */
  Optional<HttpReply> send(Connection connection, HttpCall call);
}
