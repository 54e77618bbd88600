package io.cloudconnector.testkit;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that a compiled connector can see of types: a line for each, and one for each member. */
final class Signatures {
  private static final String CLASS = ".class";

  private Signatures() {}

  /** Of all types of a folder of classes, which are on the class path too. */
  static List<String> of(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(file -> file.endsWith(CLASS) && !file.endsWith("package-info.class"))
          .map(file -> file.substring(0, file.length() - CLASS.length()).replace('/', '.'))
          .sorted()
          .flatMap(name -> of(named(name)).stream())
          .toList();
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name, false, Signatures.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of one type; none where it cannot be seen. */
  static List<String> of(Class<?> type) {
    List<String> lines = new ArrayList<>();
    if (isVisible(type)) {
      lines.add(type.toGenericString() + parents(type));
      Stream.of(
              visible(type.getDeclaredFields()).map(Field::toGenericString),
              visible(type.getDeclaredConstructors()).map(Constructor::toGenericString),
              visible(type.getDeclaredMethods()).map(Method::toGenericString))
          .flatMap(members -> members)
          .sorted()
          .forEach(member -> lines.add("  " + member));
    }
    return lines;
  }

  private static String parents(Class<?> type) {
    return Stream.concat(
            Stream.ofNullable(type.getGenericSuperclass()).filter(other -> other != Object.class),
            Arrays.stream(type.getGenericInterfaces()))
        .map(Type::getTypeName)
        .map(name -> ", a " + name)
        .collect(Collectors.joining());
  }

  private static <M extends Member> Stream<M> visible(M[] members) {
    return Arrays.stream(members)
        .filter(member -> !member.isSynthetic() && isVisible(member.getModifiers()));
  }

  /** A public class within a hidden one is hidden too. */
  private static boolean isVisible(Class<?> type) {
    return isVisible(type.getModifiers())
        && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
