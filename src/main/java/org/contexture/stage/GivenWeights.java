package org.contexture.stage;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.SourceFile;

/** A file of weights that were trained elsewhere: one that is here, or one that a stage fetches. */
public final class GivenWeights {
  private final Optional<Path> here;
  private final Optional<Dataset<SourceFile>> fetched;

  private GivenWeights(Optional<Path> here, Optional<Dataset<SourceFile>> fetched) {
    this.here = here;
    this.fetched = fetched;
  }

  /** A file that is here. Its digest belongs into the configuration of the stage that reads it. */
  public static GivenWeights here(Path file) {
    return new GivenWeights(Optional.of(file), Optional.empty());
  }

  /** The one file of a dataset. */
  public static GivenWeights fetched(Dataset<SourceFile> file) {
    return new GivenWeights(Optional.empty(), Optional.of(file));
  }

  SortedMap<String, Dataset<?>> inputs() {
    SortedMap<String, Dataset<?>> inputs = new TreeMap<>();
    fetched.ifPresent(file -> inputs.put("weights", file));
    return inputs;
  }

  /** The file, for a task that may run on another machine. */
  Found found(StageContext<?> context) {
    if (here.isPresent()) {
      String file = here.get().toString();
      return () -> Path.of(file);
    }
    StoredDataset<SourceFile> files = context.input(fetched.orElseThrow());
    return () -> files.attachment(files.open().read(0).getName());
  }

  /** A file that is found on whatever machine asks. */
  interface Found extends Serializable {
    Path path();
  }
}
