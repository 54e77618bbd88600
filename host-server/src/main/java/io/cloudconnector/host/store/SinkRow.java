package io.cloudconnector.host.store;

/**
 * A sink as it is stored.
 *
 * @param generation grows when somebody moves or resumes it: who sends has to read it anew
 */
public record SinkRow(long generation, SinkProgress progress) {}
