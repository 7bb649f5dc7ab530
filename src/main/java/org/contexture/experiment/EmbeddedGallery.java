package org.contexture.experiment;

import java.util.Optional;
import org.contexture.embedding.TrainedModel;
import org.contexture.failure.Failure;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Store;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Embedding;
import org.contexture.record.Example;
import org.contexture.search.ExactSearch;
import org.contexture.search.Gallery;
import org.contexture.search.GalleryImage;

/** The gallery of embeddings in a store, with the examples that they were made of. */
public final class EmbeddedGallery {
  private static final String STAGE = "embed";

  private EmbeddedGallery() {}

  /**
   * Opens the embeddings that a network made.
   *
   * @param shortened the dataset, its fingerprint perhaps shortened
   * @param model the network
   * @throws Failure (usage) if there is no such dataset, (data) if it is empty or of another
   *     network
   */
  public static Gallery open(Store store, DatasetId shortened, TrainedModel model) {
    if (!shortened.stage().equals(STAGE)) {
      throw Failure.usage(
          "--gallery: %s holds no embeddings; give %s/FINGERPRINT, as 'contexture datasets list'"
              + " prints it.",
          shortened, STAGE);
    }
    Manifest manifest = store.resolve(shortened);
    requireMadeBy(model, manifest);
    StoredDataset<Embedding> embeddings = store.open(manifest.id(), Embedding.class);
    if (embeddings.size() == 0) {
      throw Failure.data("%s has no image that could be found.", manifest.id());
    }
    ExamplePictures pictures =
        new ExamplePictures(store.open(input(manifest, "examples"), Example.class));
    return new Gallery(
        manifest.id().toString(),
        ExactSearch.of(embeddings.open()),
        id -> {
          Example example = pictures.example(id);
          return new GalleryImage(example.getClassName(), example.getPath(), pictures.of(example));
        });
  }

  /** Vectors of two networks cannot be compared. */
  private static void requireMadeBy(TrainedModel model, Manifest manifest) {
    DatasetId checkpoint = input(manifest, "checkpoint");
    if (!model.training().fingerprint().startsWith(checkpoint.fingerprint())) {
      throw Failure.data(
          "%s was embedded by the network of %s, and the model is the one of %s: their embeddings"
              + " cannot be compared. Give the model or the gallery that the other was made with.",
          manifest.id(), checkpoint, model.training().dataset());
    }
  }

  private static DatasetId input(Manifest manifest, String name) {
    return Optional.ofNullable(manifest.inputs().get(name))
        .orElseThrow(
            () -> Failure.data("%s does not say of which %s it was made.", manifest.id(), name));
  }
}
