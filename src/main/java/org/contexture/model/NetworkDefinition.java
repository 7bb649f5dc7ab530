package org.contexture.model;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.contexture.model.StateEntry.Role;

/**
 * A network written out: the TorchScript class that computes it, and the tensors it takes, in the
 * order of torchvision's state dict. One walk over the layers makes both, so that the indices in
 * the source and the list of tensors cannot disagree.
 *
 * <p>The class has one method for each {@link Statistics}, {@code method(images, p)}: images
 * N×3×S×S and tensors to N unit rows. The tensors are all float tensors of the state; or, for
 * {@link Statistics#FOLDED}, what {@value #FOLD} makes of them.
 */
final class NetworkDefinition {
  static final String BACKBONE_PREFIX = "backbone.";

  static final String CLASS_NAME = "Network";

  /** The method that takes all float tensors of the state and returns the folded ones. */
  static final String FOLD = "fold";

  /** The widest map whose convolution gains by being computed beside others. */
  private static final int NARROW_MAP = 4;

  /** Of one float32 map of no more numbers, PyTorch does not leave the convolution to oneDNN. */
  private static final int LARGEST_LEFT_OUT = 20_480;

  private static final String CLASS_START =
      """
      class Network(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  private final List<StateEntry> entries;
  private final Map<String, MemoryFormat> formats;
  private final String source;

  /** What a method normalises by. */
  enum Statistics {
    /** The batch; the running statistics are updated in place. */
    BATCH("with_batch_statistics"),
    /** The running statistics. */
    RUNNING("with_running_statistics"),
    /**
     * The running statistics, which are part of the weights and biases of convolutions already:
     * batch norm of a convolution is another convolution. Weights are in the precision and format
     * of the convolutions already, too. It has no gradients.
     */
    FOLDED("with_folded_statistics");

    private final String method;

    Statistics(String method) {
      this.method = method;
    }

    /** Name of the method. */
    String method() {
      return method;
    }
  }

  /** How the tensors inside lie in memory, which changes speed and rounding, nothing else. */
  enum MemoryFormat {
    /** Torch's default, and the reference's. */
    CONTIGUOUS(0),
    /**
     * Measured faster on CPU (ResNet-18, 64 images of 64², one core with AVX2: forward 0.28 s
     * against 0.40 s, whole pass 1.13 s against 1.33 s). Weights are kept in it.
     */
    CHANNELS_LAST(2);

    private final int code;

    MemoryFormat(int code) {
      this.code = code;
    }

    private String methodOfKeeping() {
      return "keep_" + name().toLowerCase(Locale.ROOT);
    }

    private String sourceOfKeeping() {
      return code(
          "  def %s(self: __torch__.Network, x: Tensor) -> Tensor:\n"
              + "    return torch.clone(x, memory_format=%d)\n",
          methodOfKeeping(), code);
    }

    /**
     * The format that one convolution is computed in. On processors without AVX-512, oneDNN has no
     * kernel for the weight gradient of strided 3×3 convolutions in channels-last and falls back to
     * matrix products, which took a third of the whole pass.
     */
    MemoryFormat forConvolution(int kernel, int stride) {
      return kernel == 3 && stride > 1 ? CONTIGUOUS : this;
    }
  }

  private NetworkDefinition(
      List<StateEntry> entries, Map<String, MemoryFormat> formats, String source) {
    this.entries = List.copyOf(entries);
    this.formats = Map.copyOf(formats);
    this.source = source;
  }

  /** A network in float32. */
  static NetworkDefinition of(ModelConfig config) {
    return of(config, Precision.FLOAT32);
  }

  static NetworkDefinition of(ModelConfig config, Precision precision) {
    return of(config, precision, MemoryFormat.CHANNELS_LAST);
  }

  static NetworkDefinition of(ModelConfig config, Precision precision, MemoryFormat format) {
    List<StateEntry> entries = List.of();
    Map<String, MemoryFormat> formats = Map.of();
    StringBuilder source = new StringBuilder(CLASS_START);
    for (MemoryFormat kept : MemoryFormat.values()) {
      source.append(kept.sourceOfKeeping());
    }
    for (Statistics statistics : Statistics.values()) {
      MethodWriter writer = new MethodWriter(statistics, precision, format);
      writer.write(config);
      entries = writer.entries;
      if (statistics == Statistics.BATCH) {
        formats = writer.formats;
      }
      source.append(writer.source);
      if (statistics == Statistics.FOLDED) {
        source.append(writer.fold());
      }
    }
    return new NetworkDefinition(entries, formats, source.toString());
  }

  /** Every tensor of the state, counters included, in torchvision's order. */
  List<StateEntry> entries() {
    return entries;
  }

  /** The tensors that all methods but the folded one take as {@code p}, in this order. */
  List<StateEntry> floatEntries() {
    return entries.stream().filter(StateEntry::isFloat).toList();
  }

  /** What all tensors of the state are, by name. */
  SortedMap<String, TensorLayout> layouts() {
    SortedMap<String, TensorLayout> layouts = new TreeMap<>();
    entries().forEach(entry -> layouts.put(entry.name(), entry.layout()));
    return layouts;
  }

  /**
   * The method that takes an array as it comes, and returns it as it is kept as this tensor of the
   * state: in memory of its own, in the format that its convolution takes in training.
   */
  String keeping(StateEntry entry) {
    return formats.getOrDefault(entry.name(), MemoryFormat.CONTIGUOUS).methodOfKeeping();
  }

  String source() {
    return source;
  }

  /** Writes one method, layer after layer, and notes each tensor that a layer takes. */
  private static final class MethodWriter {
    private final Statistics statistics;
    private final Precision precision;
    private final MemoryFormat format;
    private final StringBuilder source = new StringBuilder();
    private final List<StateEntry> entries = new ArrayList<>();
    private final Map<String, MemoryFormat> formats = new HashMap<>();
    private final List<String> folded = new ArrayList<>();
    private String indentation = "    ";
    private int floats;

    MethodWriter(Statistics statistics, Precision precision, MemoryFormat format) {
      this.statistics = statistics;
      this.precision = precision;
      this.format = format;
    }

    void write(ModelConfig config) {
      Backbone backbone = config.backbone();
      source.append(
          code(
              "  def %s(self: __torch__.Network, x: Tensor, p: List[Tensor]) -> Tensor:\n",
              statistics.method));
      line("x = " + brought("x", format));
      convolution(
          "x", "x", new Convolution("conv1", 3, backbone.width(), 7, 2, config.inputSize()), "bn1");
      line("x = torch.relu_(x)");
      line("x = torch.max_pool2d(x, [3, 3], [2, 2], [1, 1], [1, 1], False)");
      int channels = backbone.width();
      for (int stage = 0; stage < backbone.stages(); stage++) {
        for (int block = 0; block < backbone.blocks(stage); block++) {
          int stride = stage > 0 && block == 0 ? 2 : 1;
          String name = code("layer%d.%d.", stage + 1, block);
          int side = backbone.mapSize(config.inputSize(), stride > 1 ? stage - 1 : stage);
          block(backbone.block(), name, channels, backbone.planes(stage), stride, side);
          channels = backbone.channels(stage);
        }
        if (config.head() == Head.PYRAMID_LINEAR) {
          line(code("f%d = torch.flatten(%s, 1, -1)", stage, grid(config, stage)));
        }
      }
      head(config);
      if (config.head().isOf224Track()) {
        line("s = torch.sum(torch.mul(x, x), [1], True)");
        line("n = torch.sqrt(torch.add(s, 1.0e-12))");
      } else {
        line("n = torch.clamp_min(torch.norm(x, 2., [1], True), 1.0e-12)");
      }
      line("return torch.div(x, n)");
    }

    private void block(
        BlockKind kind, String name, int channels, int planes, int stride, int side) {
      int outputs = planes * kind.expansion();
      int sideAfter = Convolution.sideAfter(side, stride);
      switch (kind) {
        case BASIC -> {
          Convolution first = new Convolution(name + "conv1", channels, planes, 3, stride, side);
          Convolution last = new Convolution(name + "conv2", planes, outputs, 3, 1, sideAfter);
          convolution("y", "x", first, name + "bn1");
          line("y = torch.relu_(y)");
          convolution("y", "y", last, name + "bn2");
        }
        case BOTTLENECK -> {
          Convolution first = new Convolution(name + "conv1", channels, planes, 1, 1, side);
          Convolution middle = new Convolution(name + "conv2", planes, planes, 3, stride, side);
          Convolution last = new Convolution(name + "conv3", planes, outputs, 1, 1, sideAfter);
          convolution("y", "x", first, name + "bn1");
          line("y = torch.relu_(y)");
          convolution("y", "y", middle, name + "bn2");
          line("y = torch.relu_(y)");
          convolution("y", "y", last, name + "bn3");
        }
      }
      if (stride != 1 || channels != outputs) {
        Convolution shortcut =
            new Convolution(name + "downsample.0", channels, outputs, 1, stride, side);
        convolution("x", "x", shortcut, name + "downsample.1");
      }
      line("x = torch.relu_(torch.add_(y, x, alpha=1))");
    }

    private static String grid(ModelConfig config, int stage) {
      int cells = config.gridSize(stage);
      return cells == config.backbone().mapSize(config.inputSize(), stage)
          ? "x"
          : code("torch.adaptive_avg_pool2d(x, [%1$d, %1$d])", cells);
    }

    private void head(ModelConfig config) {
      int features = config.headInputs();
      switch (config.head()) {
        case PYRAMID_LINEAR -> {
          line(
              code(
                  "x = torch.cat([%s], 1)",
                  IntStream.range(0, config.backbone().stages())
                      .mapToObj(stage -> "f" + stage)
                      .collect(Collectors.joining(", "))));
        }
        case AVERAGE_LINEAR -> {
          widen();
          line("x = torch.flatten(torch.adaptive_avg_pool2d(x, [1, 1]), 1, -1)");
        }
        case MAX_NORM_LINEAR -> {
          widen();
          line("x, i = torch.adaptive_max_pool2d(x, [1, 1])");
          line("x = torch.flatten(x, 1, -1)");
          line(code("x = torch.layer_norm(x, [%d], None, None, 1.0e-05, False)", features));
        }
        case GEM_LINEAR -> {
          widen();
          line("x = torch.pow(torch.clamp_min(x, 1.0e-06), 3)");
          line("x = torch.flatten(torch.adaptive_avg_pool2d(x, [1, 1]), 1, -1)");
          line("x = torch.pow(x, 0.33333333333333331)");
        }
        case AVERAGE_MAX_LINEAR -> {
          widen();
          line("y, i = torch.adaptive_max_pool2d(x, [1, 1])");
          line("x = torch.add(torch.adaptive_avg_pool2d(x, [1, 1]), y, alpha=1)");
          line("x = torch.flatten(x, 1, -1)");
        }
      }
      int weight =
          add(StateEntry.of("remap.weight", Role.LINEAR_WEIGHT, config.embeddingSize(), features));
      int bias = add(StateEntry.of("remap.bias", Role.LINEAR_BIAS, config.embeddingSize()));
      if (config.head() == Head.PYRAMID_LINEAR) {
        String narrowWeight = ready(narrowed(tensor(weight)));
        line(code("x = torch.linear(x, %s, %s)", narrowWeight, ready(narrowed(tensor(bias)))));
        widen();
      } else {
        line(code("x = torch.linear(x, %s, %s)", ready(tensor(weight)), ready(tensor(bias))));
      }
    }

    /** A convolution and the batch norm after it. */
    private void convolution(String result, String input, Convolution layer, String norm) {
      StateEntry entry =
          StateEntry.of(
              BACKBONE_PREFIX + layer.name() + ".weight",
              Role.CONVOLUTION,
              layer.outputs(),
              layer.channels(),
              layer.kernel(),
              layer.kernel());
      int weight = add(entry);
      BatchNorm after = batchNorm(BACKBONE_PREFIX + norm, layer.outputs());
      Weights weights =
          statistics == Statistics.FOLDED
              ? new Weights(after.foldedWeight(weight), ready(narrowed(after.foldedBias())))
              : new Weights(tensor(weight), "None");
      if (layer.kernel() == 1) {
        pointwise(result, input, weights, layer);
      } else if (layer.sideAfter() <= NARROW_MAP && gainsSideBySide()) {
        formats.put(entry.name(), format);
        narrow(result, input, weights, layer);
      } else {
        formats.put(entry.name(), format.forConvolution(layer.kernel(), layer.stride()));
        spatial(result, input, weights, layer);
      }
      if (statistics != Statistics.FOLDED) {
        line(after.applied(result, statistics));
      }
    }

    private BatchNorm batchNorm(String name, int channels) {
      int weight = add(StateEntry.of(name + ".weight", Role.NORM_WEIGHT, channels));
      int bias = add(StateEntry.of(name + ".bias", Role.NORM_BIAS, channels));
      int mean = add(StateEntry.of(name + ".running_mean", Role.RUNNING_MEAN, channels));
      int variance = add(StateEntry.of(name + ".running_var", Role.RUNNING_VARIANCE, channels));
      entries.add(StateEntry.of(name + ".num_batches_tracked", Role.BATCHES_TRACKED));
      return new BatchNorm(weight, bias, mean, variance);
    }

    /**
     * What a pass takes for an expression of the tensors of the state: itself, or, where they are
     * folded, the tensor that it has been evaluated to.
     */
    private String ready(String expression) {
      if (statistics != Statistics.FOLDED) {
        return expression;
      }
      folded.add(expression);
      return tensor(folded.size() - 1);
    }

    /** The method that evaluates what {@link #ready} was asked for, in memory of its own. */
    String fold() {
      return code(
          "  def %s(self: __torch__.Network, p: List[Tensor]) -> List[Tensor]:\n    return [%s]\n",
          FOLD,
          folded.stream()
              .map(expression -> code("torch.clone(%s, memory_format=None)", expression))
              .collect(Collectors.joining(", ")));
    }

    /** Without gradients, as where tensors are folded, every convolution keeps the format. */
    private void spatial(String result, String input, Weights weights, Convolution layer) {
      MemoryFormat inside =
          statistics == Statistics.FOLDED
              ? format
              : format.forConvolution(layer.kernel(), layer.stride());
      if (inside != format) {
        line("v = " + brought(input, inside));
      }
      line("w = " + ready(brought(weights.weight(), inside)));
      line(code("%s = %s", result, convolved(inside == format ? input : "v", weights, layer)));
      if (inside != format) {
        line(code("%s = %s", result, brought(result, format)));
      }
    }

    /**
     * Where maps are narrow and numbers are bfloat16, oneDNN 3.7.1 takes ten times as long for the
     * gradient of the weights as for the rest (512 channels, 64 maps of 2×2, two cores: 19 ms, and
     * 2.5 ms side by side); forwards it takes up to six times as long on processors with AMX (6.0
     * ms, and 1.1 ms side by side). Forwards in float32 a whole pass takes 0.8 of the time side by
     * side (32 images of 64²); with gradients in float32 nothing is gained.
     */
    private boolean gainsSideBySide() {
      return precision == Precision.BFLOAT16
          || (precision == Precision.FLOAT32 && statistics == Statistics.FOLDED);
    }

    /** A convolution of small maps: side by side, unless too few of them are in the batch. */
    private void narrow(String result, String input, Weights weights, Convolution layer) {
      line("w = " + ready(brought(weights.weight(), format)));
      if (precision == Precision.FLOAT32) {
        int numbers = layer.channels() * layer.side() * (layer.side() + zeros(layer));
        line(code("if torch.gt(torch.size(%s, 0), %d):", input, LARGEST_LEFT_OUT / numbers));
        indented(() -> sideBySide(result, input, weights, layer));
        line("else:");
        indented(() -> line(code("%s = %s", result, convolved(input, weights, layer))));
      } else {
        sideBySide(result, input, weights, layer);
      }
    }

    /** How many columns of zeros keep a map from the next one. */
    private static int zeros(Convolution layer) {
      return layer.padding() + Math.floorMod(-layer.side() - layer.padding(), layer.stride());
    }

    /** A convolution by {@code w} of small maps as that of one wide map in which they lie. */
    private void sideBySide(String result, String input, Weights weights, Convolution layer) {
      int zeros = zeros(layer);
      line(
          code(
              "v = torch.constant_pad_nd(torch.permute(%s, [2, 0, 3, 1]), [0, 0, 0, %d], 0)",
              input, zeros));
      line(code("v = torch.reshape(v, [1, %d, -1, %d])", layer.side(), layer.channels()));
      line("v = torch.permute(v, [0, 3, 1, 2])");
      line(code("u = torch.permute(%s, [0, 2, 3, 1])", convolved("v", weights, layer)));
      line(
          code(
              "u = torch.reshape(u, [%d, -1, %d, %d])",
              layer.sideAfter(), (layer.side() + zeros) / layer.stride(), layer.outputs()));
      line(code("u = torch.permute(torch.slice(u, 2, 0, %d, 1), [1, 3, 0, 2])", layer.sideAfter()));
      line(code("%s = torch.contiguous(u, memory_format=%d)", result, format.code));
    }

    private static String convolved(String input, Weights weights, Convolution layer) {
      return code(
          "torch.conv2d(%1$s, w, %2$s, [%3$d, %3$d], [%4$d, %4$d], [1, 1], 1)",
          input, weights.bias(), layer.stride(), layer.padding());
    }

    /**
     * A 1×1 convolution as what it is, a matrix product for each pixel, with views of channels-last
     * tensors on both sides. oneDNN 3.7.1's own kernels for it divide by zero, and end the process,
     * on virtual machines that hide the sizes of their caches. It takes no longer (ResNet-18, 64
     * images of 64², two cores with AVX-512: 0.275 s a training step against 0.277 s). Pixels are
     * in one dimension because outside training torch.linear copies what has more.
     */
    private void pointwise(String result, String input, Weights weights, Convolution layer) {
      int stride = layer.stride();
      String matrix =
          code("torch.reshape(%s, [%d, %d])", weights.weight(), layer.outputs(), layer.channels());
      line("w = " + ready(narrowed(matrix)));
      String pixels = stride > 1 ? everyOther(everyOther(input, 2, stride), 3, stride) : input;
      line(code("v = torch.permute(%s, [0, 2, 3, 1])", pixels));
      line(code("u = torch.linear(torch.flatten(v, 0, 2), w, %s)", weights.bias()));
      line(
          code(
              "u = torch.reshape(u, [torch.size(v, 0), torch.size(v, 1), torch.size(v, 2), %d])",
              layer.outputs()));
      line(code("%s = torch.permute(u, [0, 3, 1, 2])", result));
    }

    private static String everyOther(String tensor, int dimension, int stride) {
      return code("torch.slice(%s, %d, 0, %d, %d)", tensor, dimension, Long.MAX_VALUE, stride);
    }

    /** A tensor in the precision and a format that convolutions are computed in. */
    private String brought(String tensor, MemoryFormat inside) {
      return precision == Precision.FLOAT32
          ? code("torch.contiguous(%s, memory_format=%d)", tensor, inside.code)
          : to(tensor, precision, inside.code);
    }

    /** A tensor in the precision that convolutions are computed in. */
    private String narrowed(String tensor) {
      return precision == Precision.FLOAT32 ? tensor : to(tensor, precision, "None");
    }

    /** Leaves the precision of convolutions. */
    private void widen() {
      if (precision != Precision.FLOAT32) {
        line("x = " + to("x", Precision.FLOAT32, "None"));
      }
    }

    private static String to(String tensor, Precision precision, Object format) {
      return code("torch.to(%s, %d, False, False, %s)", tensor, precision.scalarType(), format);
    }

    private int add(StateEntry entry) {
      entries.add(entry);
      return floats++;
    }

    private void indented(Runnable statements) {
      String outside = indentation;
      indentation += "  ";
      statements.run();
      indentation = outside;
    }

    private void line(String statement) {
      source.append(indentation).append(statement).append('\n');
    }
  }

  /**
   * What a convolution takes, as expressions.
   *
   * @param weight outputs × channels × kernel × kernel, in float32
   * @param bias a number for each output, as convolutions take it, or {@code None}
   */
  private record Weights(String weight, String bias) {}

  /** A batch norm, by the indices of its tensors. */
  private record BatchNorm(int weight, int bias, int mean, int variance) {
    private static final String EPSILON = "1.0e-05";

    String applied(String tensor, Statistics statistics) {
      return code(
          "%1$s = torch.batch_norm(%1$s, %2$s, %3$s, %4$s, %5$s, %6$s, 0.1, %7$s, False)",
          tensor,
          tensor(weight),
          tensor(bias),
          tensor(mean),
          tensor(variance),
          statistics == Statistics.BATCH ? "True" : "False",
          EPSILON);
    }

    private String scale() {
      return code(
          "torch.div(%s, torch.sqrt(torch.add(%s, %s, alpha=1)))",
          tensor(weight), tensor(variance), EPSILON);
    }

    /** The weight of the convolution that does what another one and then this norm do. */
    String foldedWeight(int convolution) {
      return code("torch.mul(%s, torch.reshape(%s, [-1, 1, 1, 1]))", tensor(convolution), scale());
    }

    /** Its bias. */
    String foldedBias() {
      return code("torch.sub(%s, torch.mul(%s, %s), alpha=1)", tensor(bias), tensor(mean), scale());
    }
  }

  private static String tensor(int index) {
    return "p[" + index + "]";
  }

  /** A piece of the source; it is the same in every locale. */
  @FormatMethod
  private static String code(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
