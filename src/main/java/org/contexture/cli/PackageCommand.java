package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.contexture.fetch.ByteCount;
import org.contexture.flink.ClusterClassPath;
import org.contexture.flink.FlinkPackage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what goes elsewhere to be run there. */
@Command(
    name = "package",
    description = "Write what a Flink 1.19 cluster needs to run Contexture.",
    mixinStandardHelpOptions = true)
final class PackageCommand implements Callable<Integer> {
  @Option(
      names = "--flink",
      paramLabel = "DIR",
      required = true,
      arity = "0..1",
      fallbackValue = "target/flink",
      description =
          "Write lib/, conf/contexture.yaml and contexture-job.jar (to ${FALLBACK-VALUE} unless a"
              + " directory is named).")
  Path directory;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (Path file :
        new FlinkPackage(directory).write(ClusterClassPath.ofThisProcess(), Main.class.getName())) {
      out.printf("%s (%s)%n", file, ByteCount.text(Files.size(file)));
    }
    return 0;
  }
}
