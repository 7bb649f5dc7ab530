package org.contexture.pipeline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.failure.Failure;

/** The stages of an experiment in an order in which each comes after its inputs. */
public final class StageGraph {
  private final Map<String, Dataset<?>> datasets;

  private StageGraph(Map<String, Dataset<?>> datasets) {
    this.datasets = datasets;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Wires stages together: each is added after the stages whose datasets it reads. */
  public static final class Builder {
    private final Map<String, Dataset<?>> datasets = new LinkedHashMap<>();
    private final Set<Dataset<?>> given = new HashSet<>();

    private Builder() {}

    /** Lets stages read a dataset that another graph has made. */
    @CanIgnoreReturnValue
    public Builder given(Dataset<?> dataset) {
      given.add(dataset);
      return this;
    }

    /**
     * Adds a stage.
     *
     * @param label what this experiment calls it
     * @return the handle on its result, to be given to the stages that read it
     */
    public <T extends SpecificRecord> Dataset<T> add(String label, Stage<T> stage) {
      for (Dataset<?> input : stage.inputs().values()) {
        if (!datasets.containsValue(input) && !given.contains(input)) {
          throw new IllegalArgumentException(label + " reads " + input + " of another graph");
        }
      }
      Dataset<T> dataset = new Dataset<>(label, stage);
      if (datasets.put(label, dataset) != null) {
        throw new IllegalArgumentException("two stages are called " + label);
      }
      return dataset;
    }

    public StageGraph build() {
      return new StageGraph(new LinkedHashMap<>(datasets));
    }
  }

  /** Every dataset, each after its inputs. */
  public List<Dataset<?>> datasets() {
    return List.copyOf(datasets.values());
  }

  /** The graph without the stages that come after one of them in the order. */
  public StageGraph until(String label) {
    require(label);
    Map<String, Dataset<?>> kept = new LinkedHashMap<>();
    for (Dataset<?> dataset : needed(datasets.get(label))) {
      kept.put(dataset.label(), dataset);
    }
    return new StageGraph(kept);
  }

  /** The datasets that one needs, itself last, in the order of the graph. */
  private List<Dataset<?>> needed(Dataset<?> last) {
    List<Dataset<?>> needed = new ArrayList<>();
    needed.add(last);
    for (int i = 0; i < needed.size(); i++) {
      for (Dataset<?> input : needed.get(i).stage().inputs().values()) {
        if (!needed.contains(input)) {
          needed.add(input);
        }
      }
    }
    return datasets.values().stream().filter(needed::contains).<Dataset<?>>map(d -> d).toList();
  }

  /** One of the datasets and all that are made from it, directly or not. */
  public List<Dataset<?>> from(String label) {
    require(label);
    List<Dataset<?>> affected = new ArrayList<>();
    affected.add(datasets.get(label));
    for (Dataset<?> dataset : datasets.values()) {
      if (!affected.contains(dataset)
          && dataset.stage().inputs().values().stream().anyMatch(affected::contains)) {
        affected.add(dataset);
      }
    }
    return affected;
  }

  private void require(String label) {
    if (!datasets.containsKey(label)) {
      throw Failure.usage(
          "There is no stage '%s' in this experiment; its stages are %s.",
          label, String.join(", ", datasets.keySet()));
    }
  }
}
