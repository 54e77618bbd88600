package io.cloudconnector.host;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything of ours that hangs together with an object, as a debugger or a log call may print it.
 */
final class ReachableObjects {
  private static final String OURS = "io.cloudconnector.";

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> next = new ArrayDeque<>();

  private ReachableObjects() {}

  /** The text forms of all objects of our classes that can be reached. */
  static List<String> texts(Object... roots) {
    return of(roots)
        .filter(one -> one.getClass().getName().startsWith(OURS))
        .map(one -> one.getClass().getName() + ": " + one)
        .toList();
  }

  private static Stream<Object> of(Object... roots) {
    ReachableObjects all = new ReachableObjects();
    Arrays.stream(roots).forEach(all::add);
    while (!all.next.isEmpty()) {
      all.open(all.next.removeFirst());
    }
    return all.seen.stream();
  }

  /** The one object of a type that can be reached. */
  static <T> T one(Class<T> type, Object... roots) {
    Set<T> found = Collections.newSetFromMap(new IdentityHashMap<>());
    of(roots).filter(type::isInstance).map(type::cast).forEach(found::add);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + type);
    }
    return found.iterator().next();
  }

  private void add(@Nullable Object object) {
    if (object != null && !(object instanceof String) && seen.add(object)) {
      next.addLast(object);
    }
  }

  private void open(Object object) {
    switch (object) {
      case Object[] array -> Arrays.stream(array).forEach(this::add);
      case Collection<?> many when isOfPlatform(many) ->
          Arrays.stream(many.toArray()).forEach(this::add);
      case Map<?, ?> map when isOfPlatform(map) ->
          map.forEach(
              (key, value) -> {
                add(key);
                add(value);
              });
      case Optional<?> optional -> optional.ifPresent(this::add);
      case AtomicReference<?> reference -> add(reference.get());
      default -> fields(object);
    }
  }

  private static boolean isOfPlatform(Object object) {
    return object.getClass().getName().startsWith("java.");
  }

  private void fields(Object object) {
    for (Class<?> type = object.getClass(); isOpen(type); type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          add(value(field, object));
        }
      }
    }
  }

  /** Ours, and the server's, behind which the routes are. */
  private static boolean isOpen(@Nullable Class<?> type) {
    return type != null
        && (type.getName().startsWith(OURS) || type.getName().startsWith("org.eclipse.jetty."));
  }

  private static @Nullable Object value(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a field that is open cannot be read: " + field, e);
    }
  }
}
