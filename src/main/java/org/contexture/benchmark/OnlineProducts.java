package org.contexture.benchmark;

import java.util.List;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.RemoteFile;

/**
 * Stanford Online Products, split by its own lists. Classes and super classes are numbered from 0,
 * one less than there, as the paper's code has them; images have their official numbers.
 */
record OnlineProducts() implements LabelReader {
  private static final String ROOT = "Stanford_Online_Products/";

  @Override
  public String name() {
    return "sop";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<PublishedFile> files() {
    return List.of(
        PublishedFile.of(
            "Stanford_Online_Products.zip",
            Checksum.md5("7f73d41a2f44250d4779881525aea32e"),
            RemoteFile.UNKNOWN_LENGTH,
            "http://ftp.cs.stanford.edu/cs/cvgl/Stanford_Online_Products.zip"));
  }

  @Override
  public String attribution() {
    return "Stanford Online Products (Oh Song, Xiang, Jegelka, Savarese: Deep Metric Learning via"
        + " Lifted Structured Feature Embedding, CVPR 2016) is offered by Stanford's computational"
        + " vision and geometry lab (https://cvgl.stanford.edu/projects/lifted_struct/). The"
        + " photographs are eBay sellers'; no licence is stated.";
  }

  @Override
  public List<ExpectedCount> expected() {
    return List.of(
        new ExpectedCount(Subset.TRAIN, 59551, 11318),
        new ExpectedCount(Subset.TEST, 60502, 11316));
  }

  /** Twelve kinds of products, taken to be equally many. */
  @Override
  public List<Integer> expectedTrainingClasses() {
    return List.of(944, 944, 943, 943, 943, 943, 943, 943, 943, 943, 943, 943);
  }

  @Override
  public Labelling label(List<String> paths, Benchmark.MetadataReader metadata) {
    Listing listing = new Listing(paths);
    for (Subset subset : List.of(Subset.TRAIN, Subset.TEST)) {
      String list = ROOT + (subset == Subset.TRAIN ? "Ebay_train.txt" : "Ebay_test.txt");
      RetrievalList rows = new RetrievalList(list, metadata.read(list));
      rows.rejections().forEach(bad -> listing.reject(bad.getWhat(), bad.getWhere(), bad.getWhy()));
      for (RetrievalList.Row row : rows.rows()) {
        listing.add(
            new LabelledImage(
                row.imageId(),
                ROOT + row.path(),
                row.classId() - 1,
                item(row.path()),
                row.superClassId() - 1,
                kind(row.path()),
                subset),
            list);
      }
    }
    return listing.finish(path -> path.contains("_final/"));
  }

  /** {@code 381116774152} of {@code bicycle_final/381116774152_0.JPG}. */
  private static String item(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    int end = file.lastIndexOf('_');
    return end < 0 ? file : file.substring(0, end);
  }

  /** {@code coffee maker} of {@code coffee_maker_final/…}. */
  private static String kind(String path) {
    int end = path.indexOf("_final/");
    return end < 0 ? "" : path.substring(0, end).replace('_', ' ');
  }
}
