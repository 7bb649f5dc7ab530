package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import java.util.SortedMap;

/**
 * Cross entropy over scaled cosines between an image and one learned vector per class, the own
 * class's lowered by a margin. By its numbers it is
 *
 * <ul>
 *   <li>the normalised softmax: scale 1/temperature, no margin (Zhai, Wu: Classification is a
 *       Strong Baseline for Deep Metric Learning, BMVC 2019);
 *   <li>CosFace: scale 64, margin 0.35 (Wang et al., CVPR 2018, equation 4);
 *   <li>Proxy-NCA with all proxies in the denominator: scale twice that of the squared distances,
 *       which are 2 - 2 cos, no margin (Movshovitz-Attias et al.: No Fuss Distance Metric Learning
 *       using Proxies, ICCV 2017; as in Teh et al.: ProxyNCA++, ECCV 2020, equation 6).
 * </ul>
 */
final class ProxySoftmaxLoss implements Loss {
  private final String term;
  private final Proxies proxies;
  private final float scale;
  private final float margin;

  /**
   * A loss.
   *
   * @param term its name among the terms
   * @param scale what cosines are multiplied by
   * @param margin what is first taken from the own class's cosine
   */
  ProxySoftmaxLoss(String term, Proxies proxies, double scale, double margin) {
    this.term = term;
    this.proxies = proxies;
    this.scale = (float) scale;
    this.margin = (float) margin;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray cosines = proxies.cosines(batch);
    NDArray lowered =
        margin == 0 ? cosines : cosines.sub(Scaling.times(proxies.own(batch), margin));
    NDArray logits = Scaling.times(lowered, scale);
    NDArray targets = batch.labels().reshape(batch.size(), 1);
    return LossValue.of(term, logits.logSoftmax(1).gather(targets, 1).mean().neg());
  }

  @Override
  public SortedMap<String, NDArray> parameters() {
    return proxies.parameters();
  }
}
