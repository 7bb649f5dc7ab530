package org.contexture.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The manifests of a store. One that is damaged keeps nobody from the others. */
public final class Listing {
  private final List<Manifest> manifests = new ArrayList<>();
  private final SortedMap<DatasetId, String> damaged = new TreeMap<>();

  Listing() {}

  /** Reads a manifest. */
  @FunctionalInterface
  interface Reading {
    Optional<Manifest> read() throws IOException;
  }

  /** Adds what a dataset's manifest is, or that it is damaged; nothing if there is none. */
  void add(DatasetId id, Reading reading) throws IOException {
    try {
      reading.read().ifPresent(manifests::add);
    } catch (DamagedManifestException unreadable) {
      damaged.put(id, unreadable.getMessage());
    }
  }

  /** Those that can be read, by stage and age. */
  public List<Manifest> manifests() {
    return manifests.stream()
        .sorted(
            Comparator.comparing(Manifest::stage)
                .thenComparing(Manifest::started)
                .thenComparing(Manifest::fingerprint))
        .toList();
  }

  /** Why each of the others cannot be read, in a sentence. */
  public SortedMap<DatasetId, String> damaged() {
    return Collections.unmodifiableSortedMap(damaged);
  }
}
