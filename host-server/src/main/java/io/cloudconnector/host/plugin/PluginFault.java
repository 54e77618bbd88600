package io.cloudconnector.host.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;

/** What a plugin threw, in words for an operator, and what to do about it. */
final class PluginFault {
  static final String AUTHORS_PART = "this is for the author of the plugin to mend";

  private static final int LONGEST = 500;
  private static final int CAUSES = 5;

  private PluginFault() {}

  /**
   * For what was thrown.
   *
   * @param fault what did not work
   */
  static Refusal refusal(String fault, Throwable thrown) {
    try {
      List<Throwable> chain = chain(thrown);
      return new Refusal(fault + ": " + words(chain), advice(chain.getLast()));
    } catch (Throwable _) {
      // An exception of the plugin's own may fail to tell what it is.
      return new Refusal(fault + ": " + thrown.getClass().getName(), AUTHORS_PART);
    }
  }

  /** From what was thrown to its first cause; bounded, since causes may go in a circle. */
  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = thrown; each != null && chain.size() <= CAUSES; each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }

  private static String words(List<Throwable> chain) {
    String words =
        chain.stream()
            .map(Throwable::toString)
            .collect(Collectors.joining(", caused by "))
            .replaceAll("\\s+", " ");
    return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
  }

  private static String advice(Throwable root) {
    return switch (root) {
      case UnsupportedClassVersionError _ ->
          "run the host on a newer Java than its %d, or use a build of the plugin for Java %1$d"
              .formatted(Runtime.version().feature());
      case NoClassDefFoundError _, ClassNotFoundException _ ->
          "none of its jars has that class: make a folder here, with the connector's jar in it and"
              + " what the connector needs in lib/";
      case NoSuchMethodException _, IllegalAccessException _ ->
          "the factory's class and its constructor without parameters must be public; "
              + AUTHORS_PART;
      case ClassFormatError _, VerifyError _ ->
          "the class file is damaged: copy the jar here again, whole; if that does not help, "
              + AUTHORS_PART;
      case IncompatibleClassChangeError _ ->
          "it was compiled against another version of what it uses: build it anew with the versions"
              + " that it runs with";
      case ServiceConfigurationError _ ->
          "in "
              + JarFacts.SERVICE_FILE
              + " name a class of the plugin that implements ConnectorFactory";
      default -> AUTHORS_PART;
    };
  }
}
