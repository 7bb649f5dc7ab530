package org.contexture.stage;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.fetch.FetchListener;
import org.contexture.fetch.Fetched;
import org.contexture.fetch.Fetcher;
import org.contexture.fetch.Patience;
import org.contexture.fetch.RemoteFile;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Progress;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.record.SourceFile;

/**
 * Fetches files and keeps them as they are, several at a time. What has come of a file when a run
 * ends is kept for the next run.
 */
public final class FetchStage implements Stage<SourceFile> {
  private final FetchConfig config;
  private final List<RemoteFile> files;
  private final Patience patience;
  private final String terms;

  /**
   * The stage for some files.
   *
   * @param files where they are now; only their names and checksums are part of the fingerprint
   * @param terms under which they may be used, told before the first of them is fetched
   */
  public FetchStage(List<RemoteFile> files, Patience patience, String terms) {
    this.config = FetchConfig.of(files);
    this.files = List.copyOf(files);
    this.patience = patience;
    this.terms = terms;
  }

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<SourceFile> recordType() {
    return SourceFile.class;
  }

  @Override
  public StageConfig config() {
    return config;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return new TreeMap<>();
  }

  @Override
  public String notice() {
    return terms;
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<SourceFile> context) {
    NumberedTasks.expand(pipeline, context, files.size(), new Fetch(files, patience));
  }

  private record Fetch(List<RemoteFile> files, Patience patience)
      implements ShardBody<Integer, SourceFile> {

    @Override
    public void write(List<Integer> elements, ShardOutput<SourceFile> output)
        throws IOException, InterruptedException {
      RemoteFile file = files.get(elements.get(0));
      Fetched fetched =
          new Fetcher(patience).fetch(file, output.state(), new ToProgress(file, output));
      output.add(
          SourceFile.newBuilder()
              .setName(file.name())
              .setBytes(fetched.bytes())
              .setSha256(fetched.sha256().hex())
              .setChecksum(file.checksum().toString())
              .build());
      output.attach(fetched.path(), fetched.sha256().hex());
    }

    /** Two that append to the same part would spoil it. */
    @Override
    public boolean isExclusive() {
      return true;
    }
  }

  /** Shows how far a file is, and what was in its way last. */
  private static final class ToProgress implements FetchListener {
    private final RemoteFile file;
    private final ShardOutput<SourceFile> output;
    private long done;
    private long total;

    ToProgress(RemoteFile file, ShardOutput<SourceFile> output) {
      this.file = file;
      this.output = output;
      this.total = file.bytes();
    }

    @Override
    public void progress(long nowDone, long nowTotal) throws IOException {
      done = nowDone;
      total = nowTotal;
      output.progress(now(file.name()));
    }

    @Override
    public void trouble(String message) throws IOException {
      output.announce(now(message));
    }

    private Progress now(String note) {
      return new Progress(done, Math.max(total, done + 1), Progress.Unit.BYTES, note);
    }
  }
}
