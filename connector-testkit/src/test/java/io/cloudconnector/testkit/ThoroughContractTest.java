package io.cloudconnector.testkit;

/** A connector with every optional role keeps the contract. */
class ThoroughContractTest extends ConnectorContract implements ThoroughUnderTest {}
