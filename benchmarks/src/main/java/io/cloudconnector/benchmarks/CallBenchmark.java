package io.cloudconnector.benchmarks;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.containment.CallWatch;
import io.cloudconnector.host.containment.ContainedConnector;
import io.cloudconnector.host.containment.Containment;
import io.cloudconnector.host.observe.Metrics;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What containment costs a call into a connector. Public, and open to JMH's subclasses. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway") // The connector looks at nothing that it is called with.
public class CallBenchmark {
  private final CloudConnector direct = new Idle();
  private final CallWatch watch = new CallWatch();
  private final Metrics metrics = new Metrics();
  private final CloudConnector contained =
      ContainedConnector.create(
          Idle::new,
          new Containment(
              new VendorType("idle"), CallBenchmark.class.getClassLoader(), watch, metrics));

  @Benchmark
  public Object direct() {
    return direct.fetchData(null, null);
  }

  @Benchmark
  public Object contained() {
    return contained.fetchData(null, null);
  }

  @TearDown
  public void close() {
    contained.close();
    watch.close();
    metrics.close();
  }

  static void run(Report report) {
    report.table("A call into a connector");
    Map<String, Double> nanos = new TreeMap<>();
    for (RunResult result : results()) {
      Result<?> measured = result.getPrimaryResult();
      nanos.put(measured.getLabel(), measured.getScore());
    }
    report.row(
        "through the containment, against a plain call",
        "%,.0f ns against %,.1f ns".formatted(nanos.get("contained"), nanos.get("direct")),
        "%,.0f ns".formatted(nanos.get("contained")),
        "≤ 5,000 ns");
  }

  private static Collection<RunResult> results() {
    try {
      return new Runner(
              new OptionsBuilder()
                  .include(CallBenchmark.class.getName())
                  .forks(2)
                  .warmupIterations(3)
                  .warmupTime(TimeValue.seconds(1))
                  .measurementIterations(5)
                  .measurementTime(TimeValue.seconds(1))
                  .verbosity(VerboseMode.SILENT)
                  .build())
          .run();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH could not measure", e);
    }
  }

  private static final class Idle implements CloudConnector {
    private final Linking linking = new Unlinked();

    @Override
    public Linking linking() {
      return linking;
    }

    @Override
    public FetchResult fetchData(Connection connection, Resource resource) {
      return FetchResult.gone();
    }
  }

  private static final class Unlinked implements Linking {
    @Override
    public LinkStep begin(LinkRequest request) {
      throw new UnsupportedOperationException("nobody links here");
    }

    @Override
    public Linked complete(LinkRequest request, LinkAnswer answer) {
      throw new UnsupportedOperationException("nobody links here");
    }

    @Override
    public Refreshed refresh(RefreshRequest request) {
      throw new UnsupportedOperationException("nobody links here");
    }
  }
}
