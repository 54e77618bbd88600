package io.cloudconnector.host.containment;

import io.cloudconnector.api.ConnectorState;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorHttp;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a connector does through the host: its time is not the connector's, and it is not
 * interrupted for the connector's sake. A vendor that is slow, or a database that is away, switches
 * no connector off, and an answer with new tokens is kept however long that takes. Thread-safe.
 */
public final class HostTime {
  private static final ThreadLocal<@Nullable OngoingCall> CURRENT = new ThreadLocal<>();

  private HostTime() {}

  /** Returns the call that this one was made from, to be given back at its end. */
  static @Nullable OngoingCall enter(OngoingCall call) {
    OngoingCall outer = CURRENT.get();
    CURRENT.set(call);
    return outer;
  }

  static void leave(@Nullable OngoingCall outer) {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  static <T> T spent(Supplier<T> work) {
    OngoingCall call = CURRENT.get();
    return call == null ? work.get() : call.outside(work);
  }

  static void spent(Runnable work) {
    boolean _ =
        spent(
            () -> {
              work.run();
              return true;
            });
  }

  /** A way to the vendor for a connector. */
  public static VendorHttp of(VendorHttp http) {
    return call -> HostTime.<HttpReply>spent(() -> http.send(call));
  }

  /** What a connector keeps with the host. */
  public static ConnectorState of(ConnectorState state) {
    return new ConnectorState() {
      @Override
      public Optional<Secret> read(String name) {
        return spent(() -> state.read(name));
      }

      @Override
      public void write(String name, Secret value) {
        spent(() -> state.write(name, value));
      }

      @Override
      public boolean writeIfAbsent(String name, Secret value) {
        return spent(() -> state.writeIfAbsent(name, value));
      }

      @Override
      public void remove(String name) {
        spent(() -> state.remove(name));
      }
    };
  }
}
