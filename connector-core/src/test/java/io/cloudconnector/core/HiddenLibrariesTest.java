package io.cloudconnector.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.failsafe.FailsafeException;
import dev.failsafe.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;

/** What lets a plugin bring its own version of any library that connector-core is made with. */
class HiddenLibrariesTest {
  private static final Pattern LIBRARY =
      Pattern.compile(
          "(tools\\.jackson|com\\.fasterxml|com\\.nimbusds|dev\\.failsafe|net\\.minidev)\\..*");

  @Test
  void noSignatureOfCoreShowsALibrary() {
    JavaClasses core =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.cloudconnector.core");
    assertThat(core.contain(VendorHttpClient.class)).isTrue();
    assertThat(core.stream().filter(HiddenLibrariesTest::isVisible))
        .flatMap(type -> leaks(type).toList())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        LeakyParents.Superclass.class,
        LeakyParents.Interface.class,
        LeakyParents.Bound.class,
        LeakyMembers.Field.class,
        LeakyMembers.Constructor.class,
        LeakyMembers.Result.class,
        LeakyMembers.Parameter.class,
        LeakyMembers.Thrown.class,
        LeakyMembers.Inherited.class
      })
  void everyKindOfLeakIsFound(Class<?> leaky) {
    JavaClasses types = new ClassFileImporter().importClasses(leaky, LeakyMembers.Hidden.class);
    assertThat(leaks(types.get(leaky))).isNotEmpty();
  }

  private static Stream<String> leaks(JavaClass type) {
    return shown(type)
        .map(JavaClass::getName)
        .filter(shown -> LIBRARY.matcher(shown).matches())
        .map(shown -> type.getName() + " shows " + shown);
  }

  /** Every type in the signatures of a class as a plugin's author sees them. */
  private static Stream<JavaClass> shown(JavaClass type) {
    List<JavaType> types = new ArrayList<>(type.getInterfaces());
    type.getSuperclass().ifPresent(types::add);
    types.addAll(type.getTypeParameters());
    type.getAllFields().stream()
        .filter(HiddenLibrariesTest::isVisible)
        .forEach(field -> types.add(field.getType()));
    Stream.concat(type.getAllMethods().stream(), type.getConstructors().stream())
        .filter(HiddenLibrariesTest::isVisible)
        .forEach(unit -> types.addAll(shown(unit)));
    return types.stream().flatMap(shown -> shown.getAllInvolvedRawTypes().stream());
  }

  private static List<JavaType> shown(JavaCodeUnit unit) {
    List<JavaType> types = new ArrayList<>(unit.getParameterTypes());
    types.add(unit.getReturnType());
    types.addAll(unit.getTypeParameters());
    types.addAll(unit.getExceptionTypes());
    return types;
  }

  /** A public class within a hidden one is hidden too. */
  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(HiddenLibrariesTest::isVisible).orElse(true);
  }

  private static boolean isVisible(JavaMember member) {
    return isVisible(member.getModifiers());
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  /** What the rule must find, so that it cannot be blind. */
  static final class LeakyParents {
    public static class Superclass extends FailsafeException {
      private static final long serialVersionUID = 1L;
    }

    public interface Interface extends Supplier<List<JsonFactory>> {}

    public interface Bound<T extends Policy<?>> {}
  }

  /** What the rule must find, so that it cannot be blind. */
  static final class LeakyMembers {
    public static class Field {
      protected Optional<JsonFactory> field = Optional.empty();
    }

    public static class Constructor {
      protected Constructor(JsonFactory factory) {}
    }

    public interface Result {
      List<? extends JsonParser> result();
    }

    public interface Parameter {
      void parameter(JsonParser[] parsers);
    }

    public interface Thrown {
      void thrown() throws JacksonException;
    }

    static class Hidden {
      public void method(JsonParser parser) {}
    }

    public static class Inherited extends Hidden {}
  }
}
