package io.cloudconnector.host.store;

import java.util.Optional;

/**
 * A sink as it is stored.
 *
 * @param generation grows when somebody moves or resumes it: who sends has to read it anew
 * @param holder which host sends
 */
public record SinkRow(long generation, SinkProgress progress, Optional<String> holder) {}
