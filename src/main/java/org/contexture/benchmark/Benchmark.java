package org.contexture.benchmark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * Images with classes, some of the classes for training and the others for testing. Implementations
 * travel to workers.
 */
public interface Benchmark extends Serializable {

  /** Its name in experiment files. */
  String name();

  /**
   * Version of its reading of labels: goes up when the same files give other labels than before.
   */
  int version();

  /**
   * The files that have to be fetched before its images can be read; none where {@link #sources}
   * are here already.
   */
  default List<PublishedFile> files() {
    return List.of();
  }

  /**
   * Where its images are read from; empty where {@link #files} have to be fetched. No two have a
   * file of the same path.
   */
  List<FileSource> sources();

  /**
   * Files beside all these that say how it is split; their content counts for what it is.
   *
   * @throws org.contexture.failure.Failure that names all that are not there
   */
  default List<Path> lists() {
    return List.of();
  }

  /** Who made the images and under which terms they may be used; empty where nobody told. */
  String attribution();

  /**
   * Gives every image its class and its split.
   *
   * @param paths every file of the sources, in their order
   * @param metadata reads the few files that hold labels
   * @return the images in the benchmark's own order, and what had to be refused
   */
  Labelling label(List<String> paths, MetadataReader metadata);

  /** Reads a file of a source that holds labels rather than an image. */
  @FunctionalInterface
  interface MetadataReader {

    /**
     * The whole content of a file.
     *
     * @throws org.contexture.failure.Failure if there is no such file
     */
    byte[] read(String path);
  }
}
