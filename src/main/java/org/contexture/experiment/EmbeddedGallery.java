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
import org.contexture.record.HnswSegment;
import org.contexture.retrieval.hnsw.HnswIndex;
import org.contexture.search.ApproximateSearch;
import org.contexture.search.ExactSearch;
import org.contexture.search.Gallery;
import org.contexture.search.GalleryImage;
import org.contexture.search.NearestImages;

/** The gallery of embeddings in a store, with the examples that they were made of. */
public final class EmbeddedGallery {
  private static final String EMBEDDINGS = "embed";
  private static final String INDEX = "hnsw";

  private EmbeddedGallery() {}

  /**
   * Opens the embeddings that a network made, or an index of them.
   *
   * @param shortened the dataset, its fingerprint perhaps shortened
   * @param model the network
   * @param efSearch how many candidates an index is to look for
   * @throws Failure (usage) if there is no such dataset, (data) if it is empty or of another
   *     network
   */
  public static Gallery open(Store store, DatasetId shortened, TrainedModel model, int efSearch) {
    return switch (shortened.stage()) {
      case EMBEDDINGS -> {
        Manifest manifest = store.resolve(shortened);
        requireMadeBy(model, manifest);
        ExamplePictures pictures = pictures(store, manifest);
        yield gallery(manifest.id(), pictures, exact(store, manifest));
      }
      case INDEX -> {
        Manifest index = store.resolve(shortened);
        Manifest embeddings = store.resolve(input(index, "embeddings"));
        requireMadeBy(model, embeddings);
        ExamplePictures pictures = pictures(store, embeddings);
        yield gallery(index.id(), pictures, approximate(store, index, efSearch));
      }
      default ->
          throw Failure.usage(
              "--gallery: %s holds no embeddings and no index of any; give %s/FINGERPRINT or"
                  + " %s/FINGERPRINT, as 'contexture datasets list' prints them.",
              shortened, EMBEDDINGS, INDEX);
    };
  }

  private static ExamplePictures pictures(Store store, Manifest embeddings) {
    return new ExamplePictures(store.open(input(embeddings, "examples"), Example.class));
  }

  private static Gallery gallery(
      DatasetId searched, ExamplePictures pictures, NearestImages nearest) {
    return new Gallery(
        searched.toString(),
        nearest,
        id -> {
          Example example = pictures.example(id);
          return new GalleryImage(example.getClassName(), example.getPath(), pictures.of(example));
        });
  }

  private static NearestImages exact(Store store, Manifest manifest) {
    StoredDataset<Embedding> embeddings = store.open(manifest.id(), Embedding.class);
    if (embeddings.size() == 0) {
      throw empty(manifest);
    }
    return ExactSearch.of(embeddings.open());
  }

  private static NearestImages approximate(Store store, Manifest manifest, int efSearch) {
    StoredDataset<HnswSegment> segments = store.open(manifest.id(), HnswSegment.class);
    if (segments.size() == 0) {
      throw empty(manifest);
    }
    return new ApproximateSearch(
        HnswIndex.open(segments.open(), segments.attachments()::resolve), efSearch);
  }

  private static Failure empty(Manifest manifest) {
    return Failure.data("%s has no image that could be found.", manifest.id());
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
