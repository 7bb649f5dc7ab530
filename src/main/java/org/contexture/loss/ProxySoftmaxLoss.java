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
 *
 * <p>With label smoothing the target is not the own class alone: a share of it is spread evenly
 * over all classes, the own one included (Szegedy et al.: Rethinking the Inception Architecture for
 * Computer Vision, CVPR 2016, section 7; as in PyTorch's {@code CrossEntropyLoss}).
 */
final class ProxySoftmaxLoss implements Loss {
  static final String PROXY_NCA = "proxy_nca";
  static final String NORMALIZED_SOFTMAX = "normalized_softmax";
  static final String COSFACE = "cosface";

  private final String term;
  private final Proxies proxies;
  private final float scale;
  private final float margin;
  private final float smoothing;

  /**
   * A loss.
   *
   * @param term its name among the terms
   * @param scale what cosines are multiplied by
   * @param margin what is first taken from the own class's cosine
   * @param smoothing the share of the target that is spread over all classes, 0 to 1
   */
  ProxySoftmaxLoss(String term, Proxies proxies, double scale, double margin, double smoothing) {
    this.term = term;
    this.proxies = proxies;
    this.scale = (float) scale;
    this.margin = (float) margin;
    this.smoothing = (float) smoothing;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray cosines = proxies.cosines(batch);
    NDArray lowered =
        margin == 0 ? cosines : cosines.sub(Scaling.times(proxies.own(batch), margin));
    NDArray logs = Scaling.times(lowered, scale).logSoftmax(1);
    NDArray targets = batch.labels().reshape(batch.size(), 1);
    NDArray own = logs.gather(targets, 1).mean();
    NDArray likelihood =
        smoothing == 0
            ? own
            : Scaling.times(own, 1 - smoothing).add(Scaling.times(logs.mean(), smoothing));
    return LossValue.of(term, likelihood.neg());
  }

  @Override
  public SortedMap<String, NDArray> parameters() {
    return proxies.parameters();
  }
}
