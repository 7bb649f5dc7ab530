package org.contexture.report;

/**
 * A point on the unit circle.
 *
 * @param x its first coordinate
 * @param y its second coordinate
 * @param label its class, from 0
 * @param givenLabel the class that the loss was told
 */
public record CirclePoint(double x, double y, int label, int givenLabel) {

  boolean isMislabelled() {
    return label != givenLabel;
  }

  /** The angle of its place, counter-clockwise from the first axis, from 0 up to 2 π. */
  double angle() {
    double angle = Math.atan2(y, x);
    return angle < 0 ? angle + 2 * Math.PI : angle;
  }
}
