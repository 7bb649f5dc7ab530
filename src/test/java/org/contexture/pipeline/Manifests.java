package org.contexture.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificData;

/** Datasets of no shards, for tests that are about manifests alone. */
final class Manifests {
  static final String STARTED = "2024-05-01T12:00:00Z";

  private Manifests() {}

  static Manifest of(Dataset<?> dataset, String started) {
    return of(dataset, started, List.of());
  }

  static Manifest of(Dataset<?> dataset, String started, List<Manifest.Attachment> attachments) {
    Stage<?> stage = dataset.stage();
    SortedMap<String, DatasetId> inputs = new TreeMap<>();
    stage.inputs().forEach((part, input) -> inputs.put(part, input.id()));
    return new Manifest(
        Manifest.FORMAT,
        stage.name(),
        stage.version(),
        dataset.fingerprint().hex(),
        stage.config().settings().json(),
        inputs,
        stage.recordType().getName(),
        Fingerprint.ofSchema(SpecificData.get().getSchema(stage.recordType())),
        0,
        0,
        List.of(),
        attachments,
        "test",
        "direct",
        started,
        1.5);
  }

  static Manifest commit(Store store, Dataset<?> dataset) throws IOException {
    return commit(store, dataset, STARTED);
  }

  static Manifest commit(Store store, Dataset<?> dataset, String started) throws IOException {
    Manifest manifest = of(dataset, started);
    Path staged = Files.createTempDirectory(Files.createDirectories(store.root()), "staged");
    ((LocalStore) store).commit(staged, manifest);
    return manifest;
  }
}
