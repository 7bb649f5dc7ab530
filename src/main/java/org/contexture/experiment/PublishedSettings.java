package org.contexture.experiment;

import java.util.List;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;

/**
 * What was published of an experiment, to be compared with; it changes no result.
 *
 * @param track which of the two tracks of the paper's code it belongs to
 * @param recallAt1 its Recall@1 on the test classes, in percent
 * @param readOffPlot whether that figure was read by eye off a plot
 */
public record PublishedSettings(Track track, Optional<Double> recallAt1, boolean readOffPlot) {

  /** The tracks of the paper's code. */
  public enum Track {
    /** Not an experiment of the paper. */
    NONE("none"),
    /** 256 pixels, {@code main.py}. */
    PAPER_256("paper-256"),
    /** 224 pixels, {@code 224x224/train.py}. */
    PAPER_224("paper-224");

    private final String key;

    Track(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /** Nothing is published. */
  static final PublishedSettings NONE = new PublishedSettings(Track.NONE, Optional.empty(), false);

  private static final Key<Track> TRACK =
      Key.choice(
              "track",
              List.of(Track.values()),
              Track::key,
              "Which of the two tracks of the paper's code the experiment belongs to, if any.")
          .or(Track.NONE);
  private static final Key<Optional<Double>> RECALL_AT_1 =
      Key.numberOrNone(
              "recall_at_1",
              Range.of(0, 100),
              "The published Recall@1 on the test classes, in percent, if there is one.")
          .or(Optional.empty());
  private static final Key<Boolean> READ_OFF_PLOT =
      Key.truth("read_off_plot", "Whether that figure was read by eye off a plot.").or(false);

  static final Section<PublishedSettings> SECTION =
      Section.of(TRACK, RECALL_AT_1, READ_OFF_PLOT)
          .as(
              values ->
                  new PublishedSettings(
                      values.of(TRACK), values.of(RECALL_AT_1), values.of(READ_OFF_PLOT)));
}
