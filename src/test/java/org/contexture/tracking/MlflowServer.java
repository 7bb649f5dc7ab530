package org.contexture.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tracking server on loopback that does what MLflow's REST API 2.0 documents for seven endpoints,
 * and refuses everything else: other paths, methods and fields, too large batches, names that
 * MLflow does not take, parameters that change, and logging to a run that has ended.
 */
public final class MlflowServer implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\-. /]{1,250}");
  private static final Pattern FILTER =
      Pattern.compile(
          "tags\\.`contexture\\.fingerprint` = '([0-9a-f]{64})'"
              + " and attributes\\.status = 'FINISHED'");

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final List<String> requests = new ArrayList<>();
  private final Map<String, String> experiments = new TreeMap<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private String broken = "";
  private String brokenAnswer = "";
  private int brokenStatus;

  /** A run as the server keeps it. */
  public static final class Run {
    final String experiment;
    final String name;
    final long started;
    final Map<String, String> tags = new TreeMap<>();
    final Map<String, String> parameters = new TreeMap<>();
    final List<Metric> metrics = new ArrayList<>();
    String status = "RUNNING";
    long ended;

    private Run(String experiment, String name, long started) {
      this.experiment = experiment;
      this.name = name;
      this.started = started;
    }

    public String name() {
      return name;
    }

    public String status() {
      return status;
    }

    public Map<String, String> parameters() {
      return parameters;
    }

    public Map<String, String> tags() {
      return tags;
    }

    public List<Metric> metrics() {
      return metrics;
    }
  }

  /** A metric as the server keeps it. */
  public record Metric(String key, String value, long timestamp, long step) {}

  /** What a request does wrong. */
  private static final class WrongException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    WrongException(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  public MlflowServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(thread);
    server.start();
  }

  public URI address() {
    return URI.create(
        "http://%s:%d"
            .formatted(server.getAddress().getHostString(), server.getAddress().getPort()));
  }

  /** From now on an endpoint answers with an error; none where it is empty. */
  public synchronized void breakDown(String endpoint, int status, String answer) {
    broken = endpoint;
    brokenStatus = status;
    brokenAnswer = answer;
  }

  /** The endpoints that were asked, in order. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** The runs, in the order of their making. */
  public synchronized List<Run> runs() {
    return List.copyOf(runs.values());
  }

  /** Every experiment's id by its name. */
  public synchronized Map<String, String> experiments() {
    return Map.copyOf(experiments);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      String text;
      try {
        String path = exchange.getRequestURI().getPath();
        String prefix = "/api/2.0/mlflow/";
        if (!path.startsWith(prefix)) {
          throw new WrongException(404, "ENDPOINT_NOT_FOUND", path);
        }
        String endpoint = path.substring(prefix.length());
        requests.add(endpoint);
        if (endpoint.equals(broken)) {
          status = brokenStatus;
          text = brokenAnswer;
        } else {
          text = json.writeValueAsString(answer(endpoint, exchange));
        }
      } catch (WrongException wrong) {
        status = wrong.status;
        text =
            json.writeValueAsString(
                Map.of("error_code", wrong.code, "message", String.valueOf(wrong.getMessage())));
      }
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Map<String, ?> answer(String endpoint, HttpExchange exchange)
      throws IOException, WrongException {
    if (endpoint.equals("experiments/get-by-name")) {
      require(exchange.getRequestMethod().equals("GET"), "the method is not GET");
      String query = exchange.getRequestURI().getRawQuery();
      require(query.startsWith("experiment_name="), "no experiment_name");
      return experiment(
          URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8));
    }
    require(exchange.getRequestMethod().equals("POST"), "the method is not POST");
    require(
        "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type")),
        "the body is not said to be JSON");
    byte[] body = exchange.getRequestBody().readAllBytes();
    require(body.length <= 1 << 20, "the body is longer than a mebibyte");
    JsonNode request = json.readTree(body);
    return switch (endpoint) {
      case "experiments/create" -> createExperiment(request);
      case "runs/search" -> search(request);
      case "runs/create" -> createRun(request);
      case "runs/log-batch" -> logBatch(request);
      case "runs/update" -> update(request);
      default -> throw new WrongException(404, "ENDPOINT_NOT_FOUND", endpoint);
    };
  }

  private Map<String, ?> experiment(String name) throws WrongException {
    if (!experiments.containsKey(name)) {
      throw new WrongException(
          404, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment with name " + name);
    }
    return Map.of("experiment", Map.of("experiment_id", experiments.get(name), "name", name));
  }

  private Map<String, ?> createExperiment(JsonNode request) throws WrongException {
    requireFields(request, Set.of("name"));
    String name = request.get("name").textValue();
    if (experiments.containsKey(name)) {
      throw new WrongException(400, "RESOURCE_ALREADY_EXISTS", name);
    }
    experiments.put(name, Integer.toString(experiments.size() + 1));
    return Map.of("experiment_id", experiments.get(name));
  }

  private Map<String, ?> search(JsonNode request) throws WrongException {
    requireFields(request, Set.of("experiment_ids", "filter", "max_results"));
    require(request.get("max_results").isInt(), "max_results is no number");
    Matcher filter = FILTER.matcher(request.get("filter").textValue());
    require(filter.matches(), "a filter that is not understood");
    List<Map<String, ?>> found = new ArrayList<>();
    runs.forEach(
        (id, run) -> {
          if (run.status.equals("FINISHED")
              && filter.group(1).equals(run.tags.get("contexture.fingerprint"))
              && run.experiment.equals(request.at("/experiment_ids/0").textValue())) {
            List<Map<String, String>> tags = new ArrayList<>();
            run.tags.forEach((key, value) -> tags.add(Map.of("key", key, "value", value)));
            found.add(Map.of("info", Map.of("run_id", id), "data", Map.of("tags", tags)));
          }
        });
    return found.isEmpty() ? Map.of() : Map.of("runs", found);
  }

  private Map<String, ?> createRun(JsonNode request) throws WrongException {
    requireFields(request, Set.of("experiment_id", "run_name", "start_time", "tags"));
    String experiment = request.get("experiment_id").textValue();
    require(experiments.containsValue(experiment), "no experiment " + experiment);
    require(request.get("start_time").isIntegralNumber(), "start_time is no number");
    Run run =
        new Run(
            experiment, request.get("run_name").textValue(), request.get("start_time").longValue());
    pairs(request.get("tags"), 100, 5000, run.tags);
    String id = "run-" + (runs.size() + 1);
    runs.put(id, run);
    return Map.of("run", Map.of("info", Map.of("run_id", id, "status", run.status)));
  }

  private Map<String, ?> logBatch(JsonNode request) throws WrongException {
    Run run = runs.get(request.path("run_id").asText()); // one that has ended takes more as well
    require(run != null, "no run of that id");
    if (request.has("params")) {
      requireFields(request, Set.of("run_id", "params"));
      pairs(request.get("params"), 100, 500, run.parameters);
    } else {
      if (request.has("tags")) {
        pairs(request.get("tags"), 100, 5000, run.tags);
      }
      requireFields(
          request,
          request.has("tags") ? Set.of("run_id", "metrics", "tags") : Set.of("run_id", "metrics"));
      JsonNode metrics = request.get("metrics");
      require(!metrics.isEmpty() && metrics.size() <= 1000, metrics.size() + " metrics");
      for (JsonNode metric : metrics) {
        requireFields(metric, Set.of("key", "value", "timestamp", "step"));
        String key = metric.get("key").textValue();
        require(NAME.matcher(key).matches(), "a metric called " + key);
        JsonNode value = metric.get("value");
        require(
            value.isNumber() || Set.of("NaN", "Infinity", "-Infinity").contains(value.asText()),
            "a value of " + value);
        require(
            metric.get("timestamp").isIntegralNumber() && metric.get("step").isIntegralNumber(),
            "a time or step that is no whole number");
        run.metrics.add(
            new Metric(
                key,
                value.asText(),
                metric.get("timestamp").longValue(),
                metric.get("step").longValue()));
      }
    }
    return Map.of();
  }

  private Map<String, ?> update(JsonNode request) throws WrongException {
    requireFields(request, Set.of("run_id", "status", "end_time"));
    Run run = runningRun(request);
    String status = request.get("status").textValue();
    require(Set.of("FINISHED", "FAILED").contains(status), "a status of " + status);
    require(request.get("end_time").isIntegralNumber(), "end_time is no number");
    run.status = status;
    run.ended = request.get("end_time").longValue();
    return Map.of("run_info", Map.of("run_id", request.get("run_id").textValue()));
  }

  private Run runningRun(JsonNode request) throws WrongException {
    Run run = runs.get(request.path("run_id").asText());
    require(run != null && run.status.equals("RUNNING"), "no run is going on by that id");
    return run;
  }

  private static void pairs(JsonNode pairs, int most, int longest, Map<String, String> kept)
      throws WrongException {
    require(!pairs.isEmpty() && pairs.size() <= most, pairs.size() + " pairs");
    for (JsonNode pair : pairs) {
      requireFields(pair, Set.of("key", "value"));
      String key = pair.get("key").textValue();
      String value = pair.get("value").textValue();
      require(NAME.matcher(key).matches(), "a key of " + key);
      require(value != null && value.length() <= longest, "a value of " + key);
      require(kept.put(key, value) == null, key + " is there already");
    }
  }

  private static void requireFields(JsonNode node, Set<String> fields) throws WrongException {
    Set<String> actual = new TreeSet<>();
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      actual.add(names.next());
    }
    require(actual.equals(fields), "fields " + actual);
  }

  private static void require(boolean condition, String wrong) throws WrongException {
    if (!condition) {
      throw new WrongException(400, "INVALID_PARAMETER_VALUE", wrong);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
