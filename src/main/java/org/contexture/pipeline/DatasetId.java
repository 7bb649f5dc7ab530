package org.contexture.pipeline;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.contexture.failure.Failure;

/**
 * The address of a dataset in a store.
 *
 * @param stage name of the stage that made it
 * @param fingerprint the first 16 hexadecimal digits of its fingerprint
 */
public record DatasetId(String stage, String fingerprint)
    implements Comparable<DatasetId>, Serializable {
  private static final String STAGE = "([a-z][a-z-]*(?:\\.[a-z]+)?)";
  private static final Pattern TEXT = Pattern.compile(STAGE + "/([0-9a-f]+)");
  private static final Pattern PLACE = Pattern.compile(STAGE + "/[0-9a-f]{16}(?:[./].*)?");
  private static final char DOT = '.';

  /** The companion that every stage may have: its dead letters. */
  static final String REJECTED = "rejected";

  /** Reads {@code STAGE/FINGERPRINT}; the fingerprint may be a prefix. */
  @JsonCreator
  public static DatasetId parse(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw Failure.usage(
          "'%s' names no dataset: a dataset is STAGE/FINGERPRINT, as 'contexture datasets list'"
              + " prints it.",
          text);
    }
    return new DatasetId(matcher.group(1), matcher.group(2));
  }

  /**
   * Whether a name in a store, with '/' between its parts, is that of a dataset or of what lies in
   * or beside one. Whatever has another name is not the store's, and nothing touches it.
   */
  static boolean isPlace(String name) {
    return PLACE.matcher(name).matches();
  }

  /** A dataset that was made beside this one. */
  public DatasetId companion(String name) {
    return new DatasetId(stage + DOT + name, fingerprint);
  }

  /** The dead letters of this dataset. */
  DatasetId rejected() {
    return companion(REJECTED);
  }

  /** The result that this dataset was made beside, or this one itself if it is a result. */
  public DatasetId result() {
    int dot = stage.indexOf(DOT);
    return dot < 0 ? this : new DatasetId(stage.substring(0, dot), fingerprint);
  }

  @Override
  public int compareTo(DatasetId other) {
    int byStage = stage.compareTo(other.stage);
    return byStage != 0 ? byStage : fingerprint.compareTo(other.fingerprint);
  }

  @JsonValue
  @Override
  public String toString() {
    return stage + "/" + fingerprint;
  }
}
