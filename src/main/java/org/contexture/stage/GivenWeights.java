package org.contexture.stage;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.SourceFile;

/** A file of weights that were trained elsewhere: one that is here, or one that a stage fetches. */
public final class GivenWeights {
  private final Optional<Here> here;
  private final Optional<Dataset<SourceFile>> fetched;

  private GivenWeights(Optional<Here> here, Optional<Dataset<SourceFile>> fetched) {
    this.here = here;
    this.fetched = fetched;
  }

  /**
   * A file that is here.
   *
   * @param sha256 its digest
   */
  public static GivenWeights here(Path file, String sha256) {
    return new GivenWeights(Optional.of(new Here(file.toString(), sha256)), Optional.empty());
  }

  /** The one file of a dataset. */
  public static GivenWeights fetched(Dataset<SourceFile> file) {
    return new GivenWeights(Optional.empty(), Optional.of(file));
  }

  /**
   * The digest of a file that is here, which belongs into the configuration of the stage that reads
   * it; nothing for one that a stage fetches.
   */
  public Optional<String> sha256() {
    return here.map(Here::sha256);
  }

  SortedMap<String, Dataset<?>> inputs() {
    SortedMap<String, Dataset<?>> inputs = new TreeMap<>();
    fetched.ifPresent(file -> inputs.put("weights", file));
    return inputs;
  }

  /** The file, for a task that may run on another machine. */
  Found found(StageContext<?> context) {
    return here.isPresent() ? here.get() : new Fetched(context.input(fetched.orElseThrow()));
  }

  /** A file that is found on whatever machine asks. */
  interface Found extends Serializable {

    /** Where it is on this machine. */
    Path path();

    /**
     * Its content.
     *
     * @throws Failure (data) if it is another file now than when the run was planned
     */
    byte[] content() throws IOException;
  }

  private record Here(String file, String sha256) implements Found {
    @Override
    public Path path() {
      return Path.of(file);
    }

    @Override
    public byte[] content() throws IOException {
      return PlannedFile.read(path(), sha256);
    }
  }

  private record Fetched(StoredDataset<SourceFile> files) implements Found {
    @Override
    public Path path() {
      return files.attachment(files.open().read(0).getName());
    }

    @Override
    public byte[] content() throws IOException {
      return Files.readAllBytes(path());
    }
  }
}
