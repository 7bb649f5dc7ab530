package org.contexture.training;

import static org.contexture.model.TorchScriptModule.listElement;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.List;
import org.contexture.model.TorchScriptModule;

/** The length of all gradients of a step together, as one vector, in one native call. */
final class GradientNorm {
  private static final String SOURCE =
      """
      class GradientNorm(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def norm(self: __torch__.GradientNorm,
            gradients: List[Tensor]) -> Tensor:
          return torch.norm(torch.stack(torch._foreach_norm(gradients, 2)), 2)
      """;
  private static final double SMALLEST = 1e-6;

  private final NDManager manager;
  private final TorchScriptModule module;

  /**
   * A measure of gradients.
   *
   * @param manager frees what it holds in native memory
   */
  GradientNorm(NDManager manager) {
    this.manager = manager;
    this.module = TorchScriptModule.load("GradientNorm", SOURCE, manager, List.of("norm"));
  }

  /** How long gradients, at least one, are together. */
  double of(Collection<NDArray> gradients) {
    try (NDManager scope = manager.newSubManager()) {
      NDList arguments = new NDList();
      gradients.forEach(gradient -> arguments.add(listElement("gradients", gradient, scope)));
      return module.call("norm", arguments, false).getFloat();
    }
  }

  /**
   * Scales gradients in place so that together they are no longer than {@code longest}, as {@code
   * torch.nn.utils.clip_grad_norm_} does.
   *
   * @return how long they were
   */
  double clip(Collection<NDArray> gradients, double longest) {
    double norm = of(gradients);
    double factor = longest / (norm + SMALLEST);
    if (factor < 1) {
      gradients.forEach(gradient -> gradient.muli((float) factor));
    }
    return norm;
  }
}
