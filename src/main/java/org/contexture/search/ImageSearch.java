package org.contexture.search;

import java.util.ArrayList;
import java.util.List;
import org.contexture.embedding.ImageEmbedder;
import org.contexture.failure.Failure;
import org.contexture.image.ImageException;
import org.contexture.image.Thumbnail;
import org.contexture.report.Picture;
import org.contexture.report.SearchedImage;
import org.contexture.report.SearchedQuery;

/**
 * Finds the images of a gallery that a network sees nearest to a picture. One thread at a time
 * embeds and searches; others wait.
 */
public final class ImageSearch {
  private final ImageEmbedder embedder;
  private final Gallery gallery;
  private final int depth;

  /**
   * A search; the embedder stays the caller's to close.
   *
   * @param depth how many images to find for a picture, at least 1
   * @throws Failure (data) if the embeddings of the gallery have another length than the network's
   */
  public ImageSearch(ImageEmbedder embedder, Gallery gallery, int depth) {
    int dimensions = gallery.nearest().dimensions();
    if (embedder.dimensions() != dimensions) {
      throw Failure.data(
          "The embeddings of %s have %d numbers, those of the model %d: they are of another"
              + " network. Give the model that made the gallery.",
          gallery.name(), dimensions, embedder.dimensions());
    }
    this.embedder = embedder;
    this.gallery = gallery;
    this.depth = depth;
  }

  /** A picture that can be searched for. */
  public static final class Query {
    private final String name;
    private final Picture picture;
    private final float[] seen;

    private Query(String name, Picture picture, float[] seen) {
      this.name = name;
      this.picture = picture;
      this.seen = seen;
    }
  }

  /**
   * Decodes a picture.
   *
   * @param name what a user calls it
   * @param encoded a whole PNG or JPEG file
   * @throws ImageException if it cannot be decoded or resized
   */
  public Query query(String name, byte[] encoded) throws ImageException {
    float[] seen = embedder.seen(encoded);
    return new Query(name, Picture.of(Thumbnail.of(encoded)), seen);
  }

  /**
   * Searches for pictures, in one pass over the gallery.
   *
   * @param queries at least one, and few enough for one batch of the network
   * @return what was found for each
   */
  public synchronized List<SearchedQuery> find(List<Query> queries) {
    float[][] seen = queries.stream().map(query -> query.seen).toArray(float[][]::new);
    List<List<Match>> found = gallery.nearest().nearest(embedder.embed(seen), depth);
    List<SearchedQuery> answers = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      answers.add(
          new SearchedQuery(
              queries.get(i).picture,
              queries.get(i).name,
              found.get(i).stream().map(this::described).toList()));
    }
    return answers;
  }

  private SearchedImage described(Match match) {
    GalleryImage image = gallery.images().image(match.id());
    return new SearchedImage(image.picture(), image.className(), image.path(), match.similarity());
  }
}
