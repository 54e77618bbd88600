package io.cloudconnector.host.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.History;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.observe.Metrics;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No method of a connector is called past its containment, also none that is added later. */
class CoverageTest {
  private final URLClassLoader plugins = new URLClassLoader("acme", new URL[0], null);
  private final Containment containment =
      new Containment(new VendorType("acme"), plugins, Contained.unwatched(), new Metrics());

  static Stream<Arguments> methods() {
    return Stream.of(CloudConnector.class, Linking.class, History.class, Subscriptions.class)
        .flatMap(
            role ->
                Arrays.stream(role.getMethods())
                    .filter(method -> !Modifier.isStatic(method.getModifiers()))
                    // The same method, with a wider throws clause.
                    .filter(method -> method.getDeclaringClass() != AutoCloseable.class)
                    .map(method -> Arguments.of(role, method)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodIsContained(Class<?> role, Method method) throws Exception {
    AtomicReference<@Nullable ClassLoader> seen = new AtomicReference<>();
    InvocationHandler failing =
        (_, called, _) -> {
          if (!called.getName().equals(method.getName())) {
            return called.getReturnType() == Optional.class ? Optional.empty() : null;
          }
          seen.set(Thread.currentThread().getContextClassLoader());
          throw new LinkageError("a library is missing");
        };
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    assertThatThrownBy(() -> call(contained(role, failing), method))
        .isExactlyInstanceOf(ConnectorException.class)
        .hasMessageContaining(method.getName());

    assertThat(seen.get()).isSameAs(plugins);
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void eachRoleOfAConnectorIsContainedToo() {
    List<Class<?>> roles =
        Arrays.stream(CloudConnector.class.getMethods())
            .map(Method::getGenericReturnType)
            .flatMap(CoverageTest::rolesIn)
            .<Class<?>>map(role -> role)
            .toList();
    assertThat(roles).containsExactlyInAnyOrder(Linking.class, History.class, Subscriptions.class);
  }

  /** Interfaces of the SPI that a connector implements and gives away. */
  private static Stream<Class<?>> rolesIn(java.lang.reflect.Type type) {
    if (type instanceof java.lang.reflect.ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments()).flatMap(CoverageTest::rolesIn);
    }
    return type instanceof Class<?> known
            && known.isInterface()
            && !known.isSealed()
            && known.getPackage() == CloudConnector.class.getPackage()
        ? Stream.of(known)
        : Stream.empty();
  }

  private Object contained(Class<?> role, InvocationHandler handler) {
    Object bare = Proxy.newProxyInstance(role.getClassLoader(), new Class<?>[] {role}, handler);
    return switch (bare) {
      case CloudConnector connector -> ContainedConnector.create(() -> connector, containment);
      case Linking linking -> new ContainedLinking(linking, containment);
      case History history -> new ContainedHistory(history, containment);
      case Subscriptions subscriptions -> new ContainedSubscriptions(subscriptions, containment);
      default -> throw new IllegalArgumentException("no role: " + role);
    };
  }

  private static void call(Object contained, Method method) throws Throwable {
    try {
      method.invoke(contained, new Object[method.getParameterCount()]);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
