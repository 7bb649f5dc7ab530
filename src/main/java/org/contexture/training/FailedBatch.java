package org.contexture.training;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.contexture.failure.Failure;

/**
 * A batch whose loss or gradient is infinite or not a number, for whoever looks for the reason.
 *
 * @param epoch from 1
 * @param step from 1
 * @param loss of the batch
 * @param gradientNorm length of the gradient of all parameters; not a number where the loss is not
 *     finite
 * @param terms what the loss is made of, unweighted
 * @param examples of the batch, in its order
 */
record FailedBatch(
    int epoch,
    long step,
    double loss,
    double gradientNorm,
    SortedMap<String, Double> terms,
    List<Member> examples) {
  private static final String NAME = "failed-batch.json";

  /**
   * An example of the batch.
   *
   * @param label as the training sees it
   */
  record Member(long id, int label) {}

  /**
   * The examples of a batch.
   *
   * @param labels the label of each class number
   */
  static List<Member> members(Batch batch, int[] labels) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      members.add(new Member(batch.ids()[i], labels[batch.labels()[i]]));
    }
    return members;
  }

  /**
   * Writes it as JSON into a directory.
   *
   * @param place where the directory lies between attempts, for messages
   * @return what there is to say of it
   */
  Failure savedIn(Path directory, String place) {
    Path file = directory.resolve(NAME);
    try {
      Files.createDirectories(directory);
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValue(file.toFile(), this);
    } catch (IOException e) {
      return Failure.environment(
              "The %s in epoch %d, step %d, and its batch cannot be written to %s: %s. Make"
                  + " room or give write permission there, and run the same command again.",
              finding(), epoch, step, file, e)
          .causedBy(e);
    }
    return Failure.stage(
        "The %s in epoch %d, step %d. Lower the learning rates, or look at the examples of"
            + " that batch, which are in %s/%s.",
        finding(), epoch, step, place, NAME);
  }

  /** What is not finite. */
  String finding() {
    return Double.isFinite(loss) ? "length of the gradient is " + gradientNorm : "loss is " + loss;
  }
}
