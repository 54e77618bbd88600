package io.cloudconnector.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What plugins may see of this module: it is what lets them bring their own versions. */
class SignaturesTest {
  private static final List<String> VISIBLE =
      List.of("java.", "javax.", "io.cloudconnector.", "org.jspecify.");

  @Test
  void showsNoTypeOfTheLibrariesItIsMadeOf() {
    List<String> shown =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.cloudconnector.core")
                .stream()
                .filter(SignaturesTest::isPublic)
                .flatMap(SignaturesTest::foreignTypes)
                .toList();
    assertThat(shown).isEmpty();
  }

  private static Stream<String> foreignTypes(JavaClass type) {
    Stream<JavaType> parents =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    Stream<JavaType> members =
        type.getMembers().stream().filter(SignaturesTest::isVisible).flatMap(SignaturesTest::types);
    return Stream.concat(parents, members)
        .flatMap(shown -> shown.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getBaseComponentType)
        .filter(shown -> !shown.isPrimitive())
        .map(JavaClass::getName)
        .filter(name -> VISIBLE.stream().noneMatch(name::startsWith))
        .map(name -> type.getName() + " shows " + name);
  }

  private static Stream<JavaType> types(JavaMember member) {
    return switch (member) {
      case JavaField field -> Stream.of(field.getType());
      case JavaCodeUnit unit ->
          Stream.of(
                  Stream.of(unit.getReturnType()),
                  unit.getParameterTypes().stream(),
                  unit.getExceptionTypes().stream())
              .flatMap(types -> types);
      default -> throw new AssertionError("unknown kind of member: " + member);
    };
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }
}
