package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.contexture.embedding.EmbeddedFolder;
import org.contexture.embedding.ImageEmbedder;
import org.contexture.embedding.TrainedModel;
import org.contexture.failure.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Embeds pictures with a trained model. */
@Command(
    name = "embed",
    description = "Write the embeddings of all pictures below a folder, as Avro or npz.",
    mixinStandardHelpOptions = true)
final class EmbedCommand implements Callable<Integer> {
  private static final int SOME_REJECTED = 3;
  private static final long PICTURES_A_LINE = 6_400;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "The .safetensors file of a model; its .json file lies beside it.")
  Path model;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      required = true,
      description = "The folder of pictures (.png, .jpg, .jpeg), at any depth.")
  Path images;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "embeddings.npz",
      description =
          "Where the embeddings go; its name ends with .npz or .avro (default: ${DEFAULT-VALUE}).")
  Path target;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    EmbeddedFolder folder = new EmbeddedFolder(images);
    try (ImageEmbedder embedder = TrainedModel.load(model)) {
      folder.embed(
          embedder,
          target,
          Runtime.getRuntime().availableProcessors(),
          (done, all) -> {
            if (done % PICTURES_A_LINE == 0) {
              out.printf("%d of %d pictures%n", done, all);
            }
          });
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Farewell.EXIT_CODE;
    } catch (IOException failed) {
      throw Failure.environment("%s cannot be written: %s.", target, failed).causedBy(failed);
    }
    folder.rejected().forEach((path, reason) -> out.printf("left out: %s: %s%n", path, reason));
    out.printf(
        "%d pictures embedded, %d left out: %s%n",
        folder.embedded(), folder.rejected().size(), target);
    return folder.rejected().isEmpty() ? 0 : SOME_REJECTED;
  }
}
