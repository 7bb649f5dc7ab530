package org.contexture.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keeps each history as a finished run on a tracking server of MLflow, in the MLflow experiment of
 * the name of the experiment. A run that is finished and has the tag {@code contexture.fingerprint}
 * of a history is that history, and nothing is logged again; one that could not be logged whole is
 * marked as failed.
 *
 * <p>Limits are those of MLflow's REST API: a request has at most 1000 metrics, or 100 parameters.
 * Parameters are cut to 500 characters, which every version takes. Names keep letters, digits,
 * {@code _}, {@code -}, {@code .}, spaces and {@code /}; anything else becomes {@code _}.
 */
public final class MlflowTracker implements TrainingTracker {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int METRICS_PER_REQUEST = 1000;
  private static final int PARAMETERS_PER_REQUEST = 100;
  private static final int LONGEST_NAME = 250;
  private static final int LONGEST_PARAMETER = 500;
  private static final String FINGERPRINT = "contexture.fingerprint";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final URI server;
  private final MlflowClient client;

  /**
   * Keeps them on a server.
   *
   * @param server where it is, as MLFLOW_TRACKING_URI has it
   */
  public MlflowTracker(URI server) {
    this(server, PATIENCE);
  }

  MlflowTracker(URI server, Duration patience) {
    this.server = server;
    this.client = new MlflowClient(server, patience);
  }

  @Override
  public String place() {
    return server.toString();
  }

  @Override
  public void track(TrainingHistory history) throws IOException, InterruptedException {
    String experiment = experiment(history.experiment());
    if (!finished(experiment, history.fingerprint()).isEmpty()) {
      return;
    }
    String run = create(experiment, history);
    boolean logged = false;
    try {
      logParameters(run, history);
      logMetrics(run, history);
      logged = true;
    } finally {
      if (!logged) {
        abandon(run);
      }
    }
    update(run, "FINISHED", history.ended());
  }

  /** Adds the figures to the run of the training; a tag says that they are there. */
  @Override
  public void track(TestFigures figures) throws IOException, InterruptedException {
    JsonNode run = finished(experiment(figures.experiment()), figures.training()).path(0);
    if (run.isMissingNode()) {
      throw new IOException("it has no finished run %s".formatted(figures.runName()));
    }
    ObjectNode tag = keyed("contexture." + figures.ranking().key(), figures.dataset());
    for (JsonNode there : run.at("/data/tags")) {
      if (there.equals(tag)) {
        return;
      }
    }
    ObjectNode batch = JSON.objectNode().put("run_id", text(run, "/info/run_id"));
    batch.putArray("metrics").addAll(metrics(figures.measurements()));
    batch.putArray("tags").add(tag);
    client.post("runs/log-batch", batch);
  }

  private String experiment(String name) throws IOException, InterruptedException {
    try {
      return find(name);
    } catch (MlflowClient.RefusedException refused) {
      if (!refused.is(MlflowClient.NOT_THERE)) {
        throw refused;
      }
    }
    try {
      JsonNode answer = client.post("experiments/create", JSON.objectNode().put("name", name));
      return text(answer, "/experiment_id");
    } catch (MlflowClient.RefusedException refused) {
      if (!refused.is(MlflowClient.THERE_ALREADY)) {
        throw refused;
      }
      return find(name); // another process was faster
    }
  }

  private String find(String name) throws IOException, InterruptedException {
    JsonNode answer = client.get("experiments/get-by-name", "experiment_name", name);
    return text(answer, "/experiment/experiment_id");
  }

  /** The finished run of a training, or none. */
  private JsonNode finished(String experiment, String fingerprint)
      throws IOException, InterruptedException {
    ObjectNode search = JSON.objectNode();
    search.putArray("experiment_ids").add(experiment);
    search.put(
        "filter",
        "tags.`%s` = '%s' and attributes.status = 'FINISHED'".formatted(FINGERPRINT, fingerprint));
    search.put("max_results", 1);
    return client.post("runs/search", search).path("runs");
  }

  private String create(String experiment, TrainingHistory history)
      throws IOException, InterruptedException {
    ObjectNode run = JSON.objectNode();
    run.put("experiment_id", experiment);
    run.put("run_name", history.runName());
    run.put("start_time", history.started().toEpochMilli());
    ArrayNode tags = run.putArray("tags");
    tags.add(keyed(FINGERPRINT, history.fingerprint()));
    tags.add(keyed("contexture.stage", history.label()));
    tags.add(keyed("contexture.version", history.codeVersion()));
    return text(client.post("runs/create", run), "/run/info/run_id");
  }

  private void logParameters(String run, TrainingHistory history)
      throws IOException, InterruptedException {
    List<ObjectNode> parameters = new ArrayList<>();
    for (Map.Entry<String, String> setting : history.settings().entrySet()) {
      parameters.add(
          keyed(name(setting.getKey()), shortened(setting.getValue(), LONGEST_PARAMETER)));
    }
    log(run, "params", parameters, PARAMETERS_PER_REQUEST);
  }

  private void logMetrics(String run, TrainingHistory history)
      throws IOException, InterruptedException {
    List<ObjectNode> metrics = new ArrayList<>();
    for (Measurements measurements : history.measurements()) {
      metrics.addAll(metrics(measurements));
    }
    log(run, "metrics", metrics, METRICS_PER_REQUEST);
  }

  private static List<ObjectNode> metrics(Measurements measurements) {
    List<ObjectNode> metrics = new ArrayList<>();
    for (Map.Entry<String, Double> value : measurements.values().entrySet()) {
      ObjectNode metric = JSON.objectNode();
      metric.put("key", name(value.getKey()));
      metric.set("value", number(value.getValue()));
      metric.put("timestamp", measurements.time().toEpochMilli());
      metric.put("step", measurements.step());
      metrics.add(metric);
    }
    return metrics;
  }

  private void log(String run, String kind, List<ObjectNode> entries, int most)
      throws IOException, InterruptedException {
    for (int start = 0; start < entries.size(); start += most) {
      ObjectNode batch = JSON.objectNode().put("run_id", run);
      int end = Math.min(start + most, entries.size());
      batch.putArray(kind).addAll(entries.subList(start, end));
      client.post("runs/log-batch", batch);
    }
  }

  /** Marks a run as failed if the server lets it; what failed before is told in any case. */
  private void abandon(String run) throws InterruptedException {
    try {
      update(run, "FAILED", Instant.now());
    } catch (IOException unreachable) {
      return; // it stays a running one, which is not taken for the history either
    }
  }

  private void update(String run, String status, Instant ended)
      throws IOException, InterruptedException {
    client.post(
        "runs/update",
        JSON.objectNode()
            .put("run_id", run)
            .put("status", status)
            .put("end_time", ended.toEpochMilli()));
  }

  private static String text(JsonNode answer, String path) throws IOException {
    JsonNode value = answer.at(path);
    if (!value.isTextual()) {
      throw new IOException(
          "it does not answer as MLflow does: %s is missing".formatted(path.substring(1)));
    }
    return value.textValue();
  }

  private static ObjectNode keyed(String key, String value) {
    return JSON.objectNode().put("key", key).put("value", value);
  }

  /** What JSON has no number for is written as Protocol Buffers' JSON does: as text. */
  private static JsonNode number(double value) {
    return Double.isFinite(value) ? JSON.numberNode(value) : JSON.textNode(Double.toString(value));
  }

  private static String name(String name) {
    return shortened(name, LONGEST_NAME).replaceAll("[^A-Za-z0-9_\\-. /]", "_");
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
