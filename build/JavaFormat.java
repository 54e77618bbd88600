import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks or applies google-java-format over the sources of all modules: {@code java JavaFormat.java check|apply ROOT}. The build runs it
 * on its JDK 25, because the formatter reads code with the javac of the JDK it runs on.
 */
final class JavaFormat {
  public static void main(String[] arguments) throws IOException, FormatterException {
    boolean apply = arguments[0].equals("apply");
    List<Path> sources = new ArrayList<>();
    try (var modules = Files.newDirectoryStream(Path.of(arguments[1]), module -> Files.isDirectory(module.resolve("src")))) {
      for (Path module : modules) {
        try (var walk = Files.walk(module.resolve("src"))) {
          walk.filter(JavaFormat::isJava).sorted().forEach(sources::add);
        }
      }
    }
    Formatter formatter = new Formatter();
    int unformatted = 0;
    for (Path source : sources) {
      String before = Files.readString(source);
      String after = format(formatter, source, before);
      if (before.equals(after)) {
        continue;
      }
      if (apply) {
        Files.writeString(source, after);
      } else {
        unformatted++;
        System.err.println("not formatted: " + source);
      }
    }
    if (unformatted > 0) {
      System.err.println(unformatted + " file(s) to format; run: mvn -Pformat process-sources");
      System.exit(1);
    }
  }

  /** What an archetype makes Java of, once a package stands in it, is none yet. */
  private static boolean isJava(Path path) {
    return path.toString().endsWith(".java") && !path.toString().contains("archetype-resources");
  }

  private static String format(Formatter formatter, Path source, String text) throws FormatterException {
    try {
      return formatter.formatSource(tidyImports(text));
    } catch (FormatterException e) {
      System.err.println("cannot be formatted: " + source);
      throw e;
    }
  }

  private static String tidyImports(String source) throws FormatterException {
    return ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
  }
}
