package org.contexture.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.contexture.image.ImageEncoder;
import org.contexture.image.RgbImage;
import org.contexture.record.ExampleLabel;
import org.contexture.record.Split;

/** Small noisy pictures, each class of one colour. */
final class ColouredSquares implements TrainingExamples {
  static final int SIZE = 32;

  private final List<ExampleLabel> labels = new ArrayList<>();
  private final List<byte[]> images = new ArrayList<>();

  /** Four images of each class; labels and ids are not their positions. */
  static ColouredSquares of(int trainingClasses, int validationClasses) {
    return of(trainingClasses, validationClasses, 0);
  }

  /** The same, with test classes after the others. */
  static ColouredSquares of(int trainingClasses, int validationClasses, int testClasses) {
    ColouredSquares squares = new ColouredSquares();
    SplittableRandom random = new SplittableRandom(5);
    List<Split> splits = new ArrayList<>();
    splits.addAll(Collections.nCopies(trainingClasses, Split.TRAIN));
    splits.addAll(Collections.nCopies(validationClasses, Split.VALIDATION));
    splits.addAll(Collections.nCopies(testClasses, Split.TEST));
    for (int label = 0; label < splits.size(); label++) {
      int[] colour = random.ints(3, 40, 216).toArray();
      for (int image = 0; image < 4; image++) {
        squares.add(splits.get(label), 100 + 3 * label, noisy(colour, random));
      }
    }
    return squares;
  }

  private static byte[] noisy(int[] colour, SplittableRandom random) {
    byte[] samples = new byte[SIZE * SIZE * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (colour[i % 3] + random.nextInt(-40, 40));
    }
    return ImageEncoder.png(RgbImage.of(SIZE, SIZE, samples));
  }

  void add(Split split, int label, byte[] image) {
    labels.add(
        ExampleLabel.newBuilder()
            .setId(1000 + labels.size())
            .setLabel(label)
            .setSuperLabel(0)
            .setSplit(split)
            .build());
    images.add(image);
  }

  @Override
  public int size() {
    return labels.size();
  }

  @Override
  public ExampleLabel label(int number) {
    return labels.get(number);
  }

  @Override
  public byte[] image(int number) {
    return images.get(number).clone();
  }
}
