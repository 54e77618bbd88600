package io.cloudconnector.host;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.cli.Console;
import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.plugin.PluginReport;
import io.cloudconnector.host.sync.PeriodicJobs;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The whole way of an event, shown on the console: simulated vendors, the same host as in service,
 * a user who links through the vendors' consent pages, signed webhooks, and the feed of events.
 */
final class DemoRun {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** To be read while it runs. */
  private static final Duration PACE = Duration.ofSeconds(1);

  /** To be done soon, and yet slow enough that vendors' limits are not used up in one go. */
  private static final Duration QUICK_PACE = Duration.ofMillis(200);

  private final OptionalLong wanted;
  private final PrintWriter out;
  private final InstantSource clock;

  DemoRun(OptionalLong wanted, PrintWriter out, InstantSource clock) {
    this.wanted = wanted;
    this.out = out;
    this.clock = clock;
  }

  /** Runs until enough events came or the process is told to stop; returns the exit status. */
  int run(OptionalInt port, Console console) {
    try (StopSignal stop = new StopSignal();
        TemporaryFolder folder = TemporaryFolder.create("connector-host-demo");
        DemoClouds clouds = DemoClouds.start()) {
      DemoSettings settings = DemoSettings.on(port);
      try (Configured configured = settings.configured(clouds, console, folder.path())) {
        requirePlugins(configured.plugins(), clouds.vendors());
        try (Host host =
                Host.start(configured.settings(), configured.plugins(), folder.path(), clock);
            DemoUser user = new DemoUser(settings.url(), settings.apiKey())) {
          welcome(settings, host);
          link(user, clouds, settings);
          return show(user, clouds, stop);
        }
      }
    }
  }

  private static void requirePlugins(PluginReport plugins, List<String> vendors) {
    for (String vendor : vendors) {
      if (plugins.plugin(new VendorType(vendor)).isEmpty()) {
        throw new StartupException(
            "the demo needs a plugin for "
                + vendor
                + ", but there is no usable one.\n"
                + plugins.table());
      }
    }
  }

  private void welcome(DemoSettings settings, Host host) {
    out.printf("The host serves on %s; its data is gone when the demo ends.%n", settings.url());
    out.println("Ask it yourself, from another terminal:");
    out.printf(
        "  curl -H 'Authorization: Bearer %s' 'http://127.0.0.1:%d/v1/events?wait=10'%n",
        settings.apiKey(), host.port());
  }

  private void link(DemoUser user, DemoClouds clouds, DemoSettings settings) {
    clouds.sendWebhooksTo(settings.url());
    clouds.vendors().forEach(user::link);
    out.printf("Linked: %s to %s.%n", DemoUser.NAME, String.join(" and ", clouds.vendors()));
    out.println(wanted.isPresent() ? "" : "Ctrl-C ends the demo.\n");
    out.println(DemoEvent.heading());
  }

  private int show(DemoUser user, DemoClouds clouds, StopSignal stop) {
    long arrived = 0;
    Instant latest = clock.instant();
    try (PeriodicJobs jobs = new PeriodicJobs()) {
      jobs.every(wanted.isPresent() ? QUICK_PACE : PACE, "demo changes", clouds::makeChange);
      while (!stop.isTold() && arrived < wanted.orElse(Long.MAX_VALUE)) {
        List<DemoEvent> events = user.newEvents();
        events.forEach(event -> out.println(event.line()));
        long data = events.stream().filter(DemoEvent::isData).count();
        arrived += data;
        latest = data > 0 ? clock.instant() : latest;
        giveUpAfterSilence(arrived, latest);
      }
    }
    out.printf("%n%d changes came the whole way.%n", arrived);
    return 0;
  }

  /** Without a number to reach, a vendor's spent limit is no reason to end. */
  private void giveUpAfterSilence(long arrived, Instant latest) {
    boolean mustCome = arrived == 0 || wanted.isPresent();
    if (mustCome && Duration.between(latest, clock.instant()).compareTo(PATIENCE) > 0) {
      throw new StartupException(
          "the demo does not work: after %d changes none has arrived for %d seconds"
              .formatted(arrived, PATIENCE.toSeconds()));
    }
  }
}
