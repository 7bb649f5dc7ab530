package org.contexture.stage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.contexture.image.ImageDecoder;
import org.contexture.image.ImageEncoder;
import org.contexture.image.ImageException;
import org.contexture.image.Resize;
import org.contexture.image.RgbImage;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.random.RandomStream;
import org.contexture.record.Example;
import org.contexture.record.ImageRef;
import org.contexture.record.RawFile;
import org.contexture.record.Split;
import org.contexture.shard.Shards;
import org.contexture.thread.InOrder;

/**
 * Makes examples: decodes each image, resizes it, encodes it again (or, once it is known to be
 * sound, keeps the original), and puts it where chance, seeded, wants it. References are shuffled,
 * images are not: a task fetches the bytes of its own shard. It prepares its images on whatever
 * cores have nothing else to do.
 */
public final class ShardStage implements Stage<Example> {
  /** Of this process: its tasks have nothing else in common, each is deserialised by itself. */
  private static final LoadedOnce<Cores> CORES = new LoadedOnce<>();

  private static final String SHARED = "all tasks";

  private final ShardConfig config;
  private final Dataset<ImageRef> images;
  private final Dataset<RawFile> files;
  private final double maxRejectedShare;

  /**
   * The stage for indexed images.
   *
   * @param images what to make examples of
   * @param files the files that {@code images} was indexed from
   */
  public ShardStage(
      ShardConfig config,
      Dataset<ImageRef> images,
      Dataset<RawFile> files,
      double maxRejectedShare) {
    this.config = config;
    this.images = images;
    this.files = files;
    this.maxRejectedShare = maxRejectedShare;
  }

  @Override
  public String name() {
    return "shard";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<Example> recordType() {
    return Example.class;
  }

  @Override
  public StageConfig config() {
    return config;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return new TreeMap<>(Map.of("images", images, "files", files));
  }

  @Override
  public double maxRejectedShare() {
    return maxRejectedShare;
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<Example> context) {
    StoredDataset<ImageRef> references = context.input(images);
    StoredDataset<RawFile> originals = context.input(files);
    int shards = Math.toIntExact(1 + (originals.bytes() - 1) / config.shardBytes());
    PCollection<KV<Integer, ImageRef>> placed =
        pipeline
            .apply(
                "Shards of references",
                Create.of(IntStream.range(0, references.shardCount()).boxed().toList())
                    .withCoder(VarIntCoder.of()))
            .apply(
                "Place references",
                ParDo.of(new PlaceReferences(references, config.seed(), shards)))
            .setCoder(KvCoder.of(VarIntCoder.of(), AvroCoder.of(ImageRef.class)));
    context.write(placed, shards, new MakeExamples(config, originals));
  }

  /** A number that is as good as drawn by chance, but the same for the same seed and image. */
  static long rank(long seed, long id) {
    return RandomStream.mix(RandomStream.mix(seed) + id * 0x9e3779b97f4a7c15L);
  }

  private static final class PlaceReferences extends DoFn<Integer, KV<Integer, ImageRef>> {
    private static final long serialVersionUID = 1L;

    private final StoredDataset<ImageRef> references;
    private final long seed;
    private final int shards;

    PlaceReferences(StoredDataset<ImageRef> references, long seed, int shards) {
      this.references = references;
      this.seed = seed;
      this.shards = shards;
    }

    @ProcessElement
    public void process(@Element Integer shard, OutputReceiver<KV<Integer, ImageRef>> output) {
      for (ImageRef reference : references.openShard(shard)) {
        int place = (int) Long.remainderUnsigned(rank(seed, reference.getId()), shards);
        output.output(KV.of(place, reference));
      }
    }
  }

  /** What has become of an image: an example, or a reason why not. */
  private interface Outcome {
    void write(ShardOutput<Example> output) throws IOException;
  }

  private record MakeExamples(ShardConfig config, StoredDataset<RawFile> originals)
      implements ShardBody<ImageRef, Example> {

    @Override
    public void open() {
      CORES.hold(SHARED);
    }

    @Override
    public void close() throws Exception {
      CORES.release(SHARED);
    }

    @Override
    public void write(List<ImageRef> references, ShardOutput<Example> output) throws IOException {
      references.sort(
          Comparator.comparingLong((ImageRef image) -> rank(config.seed(), image.getId()))
              .thenComparingLong(ImageRef::getId));
      Shards<RawFile> files = originals.open();
      ImageDecoder decoder = new ImageDecoder();
      long done = 0;
      try (Cores.Share cores = CORES.get(SHARED, Cores::new).share();
          InOrder<Outcome> outcomes =
              cores.inOrder(
                  references.stream()
                      .<Supplier<Outcome>>map(reference -> () -> outcome(reference, files, decoder))
                      .iterator())) {
        while (outcomes.hasNext()) {
          outcomes.next().write(output);
          output.progress(++done, references.size(), "");
        }
      }
    }

    private Outcome outcome(ImageRef reference, Shards<RawFile> files, ImageDecoder decoder) {
      byte[] original = files.read(reference.getRawRecord()).getBytes().array();
      try {
        Example example =
            example(reference, prepare(decoder.decode(original), original, reference.getSplit()));
        return output -> output.add(example);
      } catch (ImageException unusable) {
        return output ->
            output.reject(reference.getPath(), "image " + reference.getId(), unusable.getMessage());
      }
    }

    private byte[] prepare(RgbImage image, byte[] original, Split split) throws ImageException {
      Resize resize =
          switch (split) {
            case TRAIN, VALIDATION -> config.resize();
            case TEST, QUERY, GALLERY -> config.testResize();
          };
      return switch (config.encoding()) {
        case PNG -> ImageEncoder.png(resize.apply(image));
        case JPEG -> ImageEncoder.jpeg(resize.apply(image), config.jpegQuality());
        case ORIGINAL -> original;
      };
    }

    private static Example example(ImageRef reference, byte[] picture) {
      return Example.newBuilder()
          .setId(reference.getId())
          .setLabel(reference.getLabel())
          .setSuperLabel(reference.getSuperLabel())
          .setSplit(reference.getSplit())
          .setPath(reference.getPath())
          .setClassName(reference.getClassName())
          .setSuperName(reference.getSuperName())
          .setImage(ByteBuffer.wrap(picture))
          .build();
    }
  }
}
