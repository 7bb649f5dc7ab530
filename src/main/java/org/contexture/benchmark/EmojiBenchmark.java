package org.contexture.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;

/**
 * The emoji benchmark that is part of the product: 755 emoji in 9 groups, each drawn by 4 to 7
 * independent projects. Given one drawing, find the other drawings of the same emoji. The drawings
 * keep their own licences; {@code ATTRIBUTION.md} in the archive names them.
 */
public final class EmojiBenchmark implements Benchmark {
  private static final long serialVersionUID = 1L;
  private static final String ROOT = "emoji-retrieval/";
  private static final String IMAGES = ROOT + "images/";

  @Override
  public String name() {
    return "emoji";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<FileSource> sources() {
    return List.of(ZipArchive.bundled("emoji-retrieval.zip"));
  }

  @Override
  public String attribution() {
    return """
        Drawings by Noto Emoji (Google LLC, Apache-2.0), Noto Emoji v1 (Google Inc., Apache-2.0), \
        Twemoji (Twitter, Inc and other contributors, CC-BY-4.0), OpenMoji (CC-BY-SA-4.0), \
        Fluent Emoji (Microsoft Corporation, MIT), EmojiOne 2 / EmojiTwo (CC-BY-4.0) and FxEmojis \
        (Mozilla Foundation, CC-BY-4.0), scaled to 64×64 pixels over white; each keeps its licence. \
        Names and groups: emojibase (MIT), after Unicode data (Unicode License v3).""";
  }

  @Override
  public Labelling label(List<String> paths, MetadataReader metadata) {
    Map<Integer, Names> names = names(metadata);
    Listing listing = new Listing(paths);
    for (Subset subset : List.of(Subset.TRAIN, Subset.TEST)) {
      String list = ROOT + (subset == Subset.TRAIN ? "emoji_train.txt" : "emoji_test.txt");
      RetrievalList rows = new RetrievalList(list, metadata.read(list));
      rows.rejections().forEach(bad -> listing.reject(bad.getWhat(), bad.getWhere(), bad.getWhy()));
      for (RetrievalList.Row row : rows.rows()) {
        String path = ROOT + row.path();
        Names known = names.get(row.classId());
        if (known == null) {
          listing.refuse(path, list, "its class " + row.classId() + " has no name");
        } else {
          listing.add(
              new LabelledImage(
                  row.imageId(),
                  path,
                  row.classId(),
                  known.className(),
                  row.superClassId(),
                  known.superName(),
                  subset),
              list);
        }
      }
    }
    return listing.finish(path -> path.startsWith(IMAGES));
  }

  private record Names(String className, String superName) {}

  private static Map<Integer, Names> names(MetadataReader metadata) {
    Map<Integer, Names> names = new HashMap<>();
    String file = ROOT + "classes.tsv";
    String[] lines =
        new String(metadata.read(file), StandardCharsets.UTF_8).lines().toArray(String[]::new);
    for (int i = 1; i < lines.length; i++) {
      String[] columns = lines[i].split("\t", -1);
      try {
        names.put(Integer.valueOf(columns[0]), new Names(columns[5], columns[3]));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException broken) {
        throw Failure.data("%s, line %d is no row of classes: '%s'.", file, i + 1, lines[i])
            .causedBy(broken);
      }
    }
    return names;
  }
}
