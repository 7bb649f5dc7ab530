package org.contexture.image;

import java.util.random.RandomGenerator;

/**
 * A random part of an image, brought to a square: torchvision's {@code RandomResizedCrop}. The area
 * is uniform between its bounds, the aspect (width by height) uniform in its logarithm. Ten tries;
 * then the largest centred box whose aspect is within bounds.
 *
 * @param size pixels a side of the result
 * @param smallest least part of the area, above 0
 * @param largest greatest part of the area, at most 1
 * @param narrowest least aspect, above 0
 * @param widest greatest aspect
 */
public record RandomResizedCrop(
    int size, double smallest, double largest, double narrowest, double widest)
    implements Augmentation.Step {
  private static final int TRIES = 10;

  public RandomResizedCrop {
    if (size < 1) {
      throw new IllegalArgumentException("a size of " + size);
    }
    if (!(smallest > 0 && smallest <= largest && largest <= 1)) {
      throw new IllegalArgumentException(
          "a part of %s to %s of the area; allowed is above 0 to 1".formatted(smallest, largest));
    }
    if (!(narrowest > 0 && narrowest <= widest && widest < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "an aspect of %s to %s; both are above 0".formatted(narrowest, widest));
    }
  }

  @Override
  public String name() {
    return "random resized crop";
  }

  @Override
  public RgbImage apply(RgbImage image, RandomGenerator random) {
    CropBox box = sample(image.width(), image.height(), random);
    return BilinearResampler.resize(image, box, size, size);
  }

  /** The box that is cut out of an image of the given size. */
  public CropBox sample(int imageWidth, int imageHeight, RandomGenerator random) {
    double imageArea = (double) imageWidth * imageHeight;
    double narrow = StrictMath.log(narrowest);
    double wide = StrictMath.log(widest);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      double area = imageArea * (smallest + (largest - smallest) * random.nextDouble());
      double aspect = StrictMath.exp(narrow + (wide - narrow) * random.nextDouble());
      double width = Math.rint(Math.sqrt(area * aspect));
      double height = Math.rint(Math.sqrt(area / aspect));
      if (width >= 1 && width <= imageWidth && height >= 1 && height <= imageHeight) {
        int top = random.nextInt(imageHeight - (int) height + 1);
        int left = random.nextInt(imageWidth - (int) width + 1);
        return new CropBox(left, top, (int) width, (int) height);
      }
    }
    return fallback(imageWidth, imageHeight);
  }

  private CropBox fallback(int imageWidth, int imageHeight) {
    double aspect = (double) imageWidth / imageHeight;
    int width = imageWidth;
    int height = imageHeight;
    if (aspect < narrowest) {
      height = within(Math.rint(width / narrowest), imageHeight);
    } else if (aspect > widest) {
      width = within(Math.rint(height * widest), imageWidth);
    }
    return new CropBox((imageWidth - width) / 2, (imageHeight - height) / 2, width, height);
  }

  /** A side that rounds to nothing, which extreme bounds on small images give, is one pixel. */
  private static int within(double side, int most) {
    return (int) Math.max(1, Math.min(side, most));
  }
}
