package org.contexture.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.RemoteFile;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/**
 * Cars-196, from the merged archive {@code car_ims.tgz}. Classes 1 to 98 are for training, 99 to
 * 196 for testing, by {@code cars_annos.mat} (MATLAB level 5); its own {@code test} is for
 * classification and not used. An image's id is the number that its file is called by.
 */
record Cars196() implements LabelReader {
  private static final String ANNOTATIONS = "cars_annos.mat";
  private static final String IMAGES = "car_ims/";
  private static final String AUTHORS = "http://ai.stanford.edu/~jkrause/car196/";
  private static final String COPY =
      "https://huggingface.co/datasets/XiN0919/FGVC/resolve/"
          + "921e8dce38536cd5982739d85d5e9235d2cb2a76/";
  private static final int LAST_TRAINING_CLASS = 98;

  @Override
  public String name() {
    return "cars196";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<PublishedFile> files() {
    return List.of(
        PublishedFile.of(
            "car_ims.tgz",
            Checksum.md5("d5c8f0aa497503f355e17dc7886c3f14"),
            1_956_628_579,
            AUTHORS + "car_ims.tgz",
            COPY + "car_ims.tgz"),
        PublishedFile.of(
            ANNOTATIONS,
            Checksum.md5("b407c6086d669747186bd1d764ff9dbc"),
            RemoteFile.UNKNOWN_LENGTH,
            AUTHORS + ANNOTATIONS,
            COPY + ANNOTATIONS));
  }

  @Override
  public String attribution() {
    return "Cars-196 (Krause, Stark, Deng, Fei-Fei: 3D Object Representations for Fine-Grained"
        + " Categorization, 3dRR 2013) was offered by Stanford's AI lab, whose links are dead; a"
        + " user of Hugging Face keeps a copy that has the published checksums"
        + " (https://huggingface.co/datasets/XiN0919/FGVC). The images were taken from the web; the"
        + " authors offered them for non-commercial research.";
  }

  @Override
  public List<ExpectedCount> expected() {
    return List.of(
        new ExpectedCount(Subset.TRAIN, 8054, 98), new ExpectedCount(Subset.TEST, 8131, 98));
  }

  @Override
  public Labelling label(List<String> paths, Benchmark.MetadataReader metadata) {
    byte[] content = metadata.read(ANNOTATIONS);
    Listing listing = new Listing(paths);
    try (MatFile file = Mat5.newReader(Sources.wrap(content)).readMat()) {
      Struct annotations = file.getStruct("annotations");
      Cell names = file.getCell("class_names");
      for (int i = 0; i < annotations.getNumElements(); i++) {
        add(annotations, i, names, listing);
      }
    } catch (IOException | RuntimeException broken) {
      throw Failure.data(
              "%s cannot be read as the MATLAB file of Cars-196 (%s). It may have been cut short on"
                  + " the way here: fetch it again.",
              ANNOTATIONS, broken)
          .causedBy(broken);
    }
    return listing.finish(path -> path.startsWith(IMAGES));
  }

  private static void add(Struct annotations, int row, Cell names, Listing listing) {
    String where = ANNOTATIONS + " annotations(" + (row + 1) + ")";
    String path = ((Char) annotations.get("relative_im_path", row)).getString();
    Matrix number = annotations.get("class", row);
    int label = number.getInt(0);
    Optional<Integer> id =
        path.endsWith(".jpg") && path.startsWith(IMAGES)
            ? Whole.of(path.substring(IMAGES.length(), path.length() - ".jpg".length()))
            : Optional.empty();
    if (id.isEmpty() || label < 1 || label > names.getNumElements()) {
      listing.refuse(
          path, where, "an image is car_ims/NUMBER.jpg, of a class that has a name, not " + label);
      return;
    }
    listing.add(
        new LabelledImage(
            id.get(),
            path,
            label,
            ((Char) names.get(label - 1)).getString(),
            1,
            "",
            label <= LAST_TRAINING_CLASS ? Subset.TRAIN : Subset.TEST),
        where);
  }
}
