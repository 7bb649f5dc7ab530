package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import java.util.SortedMap;

/**
 * Each class's learned vector pulls its images and pushes all others, the hard ones most (Kim et
 * al.: Proxy Anchor Loss for Deep Metric Learning, CVPR 2020, equation 4).
 */
final class ProxyAnchorLoss implements Loss {
  static final String TERM = "proxy_anchor";
  private static final int IMAGES = 0;
  private static final int[] IMAGE_AXIS = {IMAGES};

  private final Proxies proxies;
  private final float alpha;
  private final float margin;

  /**
   * A loss.
   *
   * @param alpha sharpness
   * @param margin the cosine that positives should be above, and negatives below its negative
   */
  ProxyAnchorLoss(Proxies proxies, double alpha, double margin) {
    this.proxies = proxies;
    this.alpha = (float) alpha;
    this.margin = (float) margin;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray cosines = proxies.cosines(batch);
    NDArray own = proxies.own(batch);
    NDArray other = own.neg().add(1f);
    NDArray present = Indicator.of(own.max(IMAGE_AXIS).gt(0f)).sum();
    NDArray lack = Scaling.times(cosines.sub(margin), -alpha);
    NDArray excess = Scaling.times(cosines.add(margin), alpha);
    NDArray pull = SoftMaximum.ofZeroAnd(lack, own, IMAGES).sum().div(present);
    NDArray push = SoftMaximum.ofZeroAnd(excess, other, IMAGES).mean();
    return LossValue.of(TERM, pull.add(push));
  }

  @Override
  public SortedMap<String, NDArray> parameters() {
    return proxies.parameters();
  }
}
