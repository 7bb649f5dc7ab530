package org.contexture.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.benchmark.Benchmark;
import org.contexture.benchmark.ClassSplit;
import org.contexture.benchmark.LabelledImage;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.benchmark.Labelling;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.ImageRef;
import org.contexture.record.RawFile;
import org.contexture.record.RawPath;
import org.contexture.record.Rejection;
import org.contexture.record.Split;
import org.contexture.shard.Shards;

/**
 * Gives every image its class, its split and the place of its bytes. Works on metadata alone, so
 * that one task does it for any benchmark.
 */
public final class IndexStage implements Stage<ImageRef> {
  private final IndexConfig config;
  private final Benchmark benchmark;
  private final Dataset<RawFile> files;
  private final double maxRejectedShare;

  /**
   * The stage for a benchmark.
   *
   * @param files the unpacked files of its sources
   */
  public IndexStage(
      IndexConfig config, Benchmark benchmark, Dataset<RawFile> files, double maxRejectedShare) {
    this.config = config;
    this.benchmark = benchmark;
    this.files = files;
    this.maxRejectedShare = maxRejectedShare;
  }

  @Override
  public String name() {
    return "index";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<ImageRef> recordType() {
    return ImageRef.class;
  }

  @Override
  public StageConfig config() {
    return config;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return new TreeMap<>(Map.of("files", files));
  }

  @Override
  public double maxRejectedShare() {
    return maxRejectedShare;
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<ImageRef> context) {
    NumberedTasks.expand(
        pipeline,
        context,
        1,
        new Index(benchmark, context.input(files), config.seed(), config.validationShare()));
  }

  private record Index(
      Benchmark benchmark, StoredDataset<RawFile> files, long seed, double validationShare)
      implements ShardBody<Integer, ImageRef> {

    @Override
    public void write(List<Integer> elements, ShardOutput<ImageRef> output) throws IOException {
      Map<String, Long> records = new HashMap<>();
      List<String> paths = new ArrayList<>();
      Shards<RawPath> rawPaths = files.openAs(RawPath.class);
      for (long record = 0; record < rawPaths.size(); record++) {
        String path = rawPaths.project(record).getPath();
        records.put(path, record);
        paths.add(path);
      }
      Labelling labelling =
          benchmark.label(paths, path -> content(files.open(), records.get(path), path));
      for (Rejection rejection : labelling.rejections()) {
        output.reject(rejection.getWhat(), rejection.getWhere(), rejection.getWhy());
      }
      Set<String> validation = validationClasses(labelling.images());
      List<LabelledImage> images = new ArrayList<>(labelling.images());
      images.sort(Comparator.comparingLong(LabelledImage::id));
      for (LabelledImage image : images) {
        output.add(
            ImageRef.newBuilder()
                .setId(image.id())
                .setPath(image.path())
                .setLabel(image.label())
                .setClassName(image.className())
                .setSuperLabel(image.superLabel())
                .setSuperName(image.superName())
                .setSplit(split(image, validation))
                .setRawRecord(records.get(image.path()))
                .build());
      }
    }

    private static byte[] content(Shards<RawFile> files, Long record, String path) {
      if (record == null) {
        throw Failure.data("%s is not in the archive, and it holds the labels.", path);
      }
      return files.read(record).getBytes().array();
    }

    private Set<String> validationClasses(List<LabelledImage> images) {
      List<String> classes =
          images.stream()
              .filter(image -> image.subset() == Subset.TRAIN)
              .map(Index::key)
              .distinct()
              .toList();
      return new ClassSplit(seed, "validation").share(classes, validationShare);
    }

    private static Split split(LabelledImage image, Set<String> validation) {
      return switch (image.subset()) {
        case TRAIN -> validation.contains(key(image)) ? Split.VALIDATION : Split.TRAIN;
        case TEST -> Split.TEST;
        case QUERY -> Split.QUERY;
        case GALLERY -> Split.GALLERY;
      };
    }

    private static String key(LabelledImage image) {
      return Integer.toString(image.label());
    }
  }
}
