package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are part of a dataset as they are. */
@Timeout(120)
class AttachmentTest {
  private static final AtomicInteger ATTEMPTS = new AtomicInteger();

  @TempDir Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(directory.resolve("store"));
    ATTEMPTS.set(0);
  }

  private static ToyStage attaching(String name) {
    return ToyStage.named("toy")
        .doing(
            2,
            (numbers, output) -> {
              String content = "content " + numbers.get(0);
              Path file = output.state().resolve(name + numbers.get(0));
              Files.writeString(file, content);
              output.add(new RawPath(file.getFileName().toString()));
              output.attach(file, DigestUtils.sha256Hex(content));
              if (ATTEMPTS.incrementAndGet() == 1) {
                throw Failure.environment("The first attempt fails.");
              }
            });
  }

  private Manifest run(Stage<RawPath> stage) throws InterruptedException {
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<?> dataset = graph.add("toy", stage);
    Runner runner = new Runner(Runner.Kind.DIRECT, 1, Runner.Checks.ON);
    Executor executor = new Executor(store, runner, "test", Clock.systemUTC(), new RecordedRun());
    Plan plan = Plan.of(graph.build(), store, Set.of());
    if (ATTEMPTS.get() == 0) {
      assertThrows(Failure.class, () -> executor.run(plan));
    }
    executor.run(plan);
    return store.find(dataset.id()).orElseThrow();
  }

  @Test
  void areInTheManifestAndCheckedLikeShards() throws Exception {
    Manifest manifest = run(attaching("archive-"));

    assertThat(manifest.attachments())
        .containsExactly(
            new Manifest.Attachment("archive-0", 9, DigestUtils.sha256Hex("content 0")),
            new Manifest.Attachment("archive-1", 9, DigestUtils.sha256Hex("content 1")));
    assertThat(manifest.bytesOnDisk()).isEqualTo(manifest.bytes() + 18);
    Path file = store.open(manifest.id(), RawPath.class).attachment("archive-1");
    assertThat(file).hasContent("content 1");
    assertThat(new Verification(store, manifest).problems()).isEmpty();

    Files.writeString(file, "other");
    Files.delete(file.resolveSibling("archive-0"));
    assertThat(new Verification(store, manifest).problems())
        .satisfiesExactly(
            gone -> assertThat(gone).contains("archive-0: expected 9 bytes, actual: missing"),
            length -> assertThat(length).contains("archive-1: expected 9 bytes, actual 5"),
            digest -> assertThat(digest).contains("archive-1: expected SHA-256"));
  }

  @Test
  void areThereAllTheTimeWhileAnotherAttemptAttachesThemAgain() throws Exception {
    Staging staging = store.staging(new DatasetId("toy", "0123456789abcdef"));
    staging.prepare(Set.of(DatasetId.REJECTED));
    Path file = Files.writeString(staging.state().resolve("archive"), "content");
    ShardOutput<RawPath> output =
        new ShardOutput<>(
            staging, "part-0", OutputTypes.of(ToyStage.named("toy")), Optional.empty());
    output.attach(file, DigestUtils.sha256Hex("content"));
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService others = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> missing =
          others.submit(
              () -> {
                int times = 0;
                while (!over.get()) {
                  times += Files.exists(staging.data().resolve("archive")) ? 0 : 1;
                }
                return times;
              });
      for (int attempt = 0; attempt < 3000; attempt++) {
        output.attach(file, DigestUtils.sha256Hex("content"));
      }
      over.set(true);
      assertThat(missing.get()).isZero();
    } finally {
      over.set(true);
      others.shutdownNow();
    }
    assertThat(LocalStore.children(staging.data()))
        .containsExactly(staging.data().resolve("archive"));
  }

  @Test
  void cannotTakeTheNameOfAShard() {
    ToyStage stage =
        ToyStage.named("toy")
            .doing(1, (numbers, output) -> output.attach(output.state().resolve("x.avro"), "0000"));

    assertThat(assertThrows(Failure.class, () -> run(stage)))
        .hasMessageContaining("an attachment called x.avro");
  }

  @Test
  void aManifestFromBeforeThereWereAnyHasNone() throws Exception {
    Manifest manifest = run(attaching("archive-"));
    Path file = store.directory(manifest.id()).resolve(Manifest.FILE);
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = (ObjectNode) mapper.readTree(Files.readAllBytes(file));
    json.remove("attachments");
    Files.write(file, mapper.writeValueAsBytes(json));

    assertThat(store.find(manifest.id()).orElseThrow().attachments()).isEmpty();
  }
}
