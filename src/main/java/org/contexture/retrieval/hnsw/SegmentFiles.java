package org.contexture.retrieval.hnsw;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.util.InfoStream;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.Version;

/**
 * One segment as Lucene's codec wants it described: a segment with one field.
 *
 * @param name name of its files without their extensions
 * @param images how many vectors it has
 * @param dimensions length of a vector
 */
record SegmentFiles(String name, int images, int dimensions) {
  /** The field that holds the vectors. */
  static final String FIELD = "vector";

  /** The file that holds the graph. */
  String graph() {
    return name + ".vex";
  }

  /** All files. */
  List<String> all() {
    return List.of(name + ".vec", name + ".vem", name + ".vemf", graph());
  }

  /** The field that holds the vectors. */
  FieldInfo field() {
    return new FieldInfo(
        FIELD,
        0,
        false,
        false,
        false,
        IndexOptions.NONE,
        DocValuesType.NONE,
        -1,
        Map.of(),
        0,
        0,
        0,
        dimensions,
        VectorEncoding.FLOAT32,
        VectorSimilarityFunction.DOT_PRODUCT,
        false,
        false);
  }

  /** For writing into a directory. */
  SegmentWriteState writing(Directory directory) {
    return new SegmentWriteState(
        InfoStream.NO_OUTPUT, directory, info(directory), fields(), null, IOContext.DEFAULT);
  }

  /** For reading from a directory. */
  SegmentReadState reading(Directory directory) {
    return new SegmentReadState(directory, info(directory), fields(), IOContext.DEFAULT);
  }

  private FieldInfos fields() {
    return new FieldInfos(new FieldInfo[] {field()});
  }

  private SegmentInfo info(Directory directory) {
    return new SegmentInfo(
        directory,
        Version.LATEST,
        Version.LATEST,
        name,
        images,
        false,
        false,
        null,
        Map.of(),
        Arrays.copyOf(DigestUtils.sha256(name), StringHelper.ID_LENGTH),
        Map.of(),
        null);
  }
}
