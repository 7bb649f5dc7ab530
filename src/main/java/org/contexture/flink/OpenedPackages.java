package org.contexture.flink;

import java.util.List;
import java.util.stream.Stream;

/** What the modules of Java keep to themselves, and Beam and Flink look into. */
public final class OpenedPackages {
  private OpenedPackages() {}

  /** The arguments of a Java virtual machine that open it, as the launcher does. */
  public static List<String> arguments() {
    return Stream.of("lang", "lang.reflect", "util", "util.concurrent", "net", "nio", "time")
        .map("--add-opens=java.base/java.%s=ALL-UNNAMED"::formatted)
        .toList();
  }
}
