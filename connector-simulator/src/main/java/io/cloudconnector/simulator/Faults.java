package io.cloudconnector.simulator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The faults that are switched on. Of several that match a request, the one set first strikes.
 *
 * <pre>{@code
 * cloud.faults().on("/developer/v2/cycle").next(2, Fault.status(503));
 * }</pre>
 *
 * Thread-safe.
 */
public final class Faults {
  private final List<Function<SimulatedRequest, Optional<Fault>>> armed =
      new CopyOnWriteArrayList<>();

  Faults() {}

  /** Aims at requests whose path starts so. */
  public Aim on(String pathPrefix) {
    return on(request -> request.path().startsWith(pathPrefix));
  }

  /** Aims at the requests that match. */
  public Aim on(Predicate<SimulatedRequest> target) {
    return new Aim(target);
  }

  /** Switches all faults off. */
  public void clear() {
    armed.clear();
  }

  /** Asks for each request which fault, if any, strikes it; many threads ask at once. */
  public void decide(Function<SimulatedRequest, Optional<Fault>> decision) {
    armed.add(decision);
  }

  Optional<Fault> strike(SimulatedRequest request) {
    return armed.stream().flatMap(one -> one.apply(request).stream()).findFirst();
  }

  /** What the fault is aimed at; now say how often it strikes. */
  public final class Aim {
    private final Predicate<SimulatedRequest> target;

    private Aim(Predicate<SimulatedRequest> target) {
      this.target = target;
    }

    /** Strikes the next {@code times} requests. */
    public void next(int times, Fault fault) {
      AtomicInteger left = new AtomicInteger(times);
      arm(() -> left.getAndUpdate(n -> Math.max(0, n - 1)) > 0, fault);
    }

    /** Strikes until {@link Faults#clear()}. */
    public void always(Fault fault) {
      arm(() -> true, fault);
    }

    /** Strikes each request with this probability, 0 to 1, as the given generator has it. */
    public void sometimes(double probability, RandomGenerator random, Fault fault) {
      arm(
          () -> {
            synchronized (random) {
              return random.nextDouble() < probability;
            }
          },
          fault);
    }

    private void arm(BooleanSupplier turn, Fault fault) {
      decide(
          request ->
              target.test(request) && turn.getAsBoolean() ? Optional.of(fault) : Optional.empty());
    }
  }
}
