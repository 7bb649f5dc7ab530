package org.contexture.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks a tracking server of MLflow, by its REST API 2.0. Messages of exceptions say what <i>it</i>
 * does: who asks knows which server that is.
 */
final class MlflowClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final String API = "/api/2.0/mlflow/";
  private static final int OK = 200;
  private static final int MOST_QUOTED = 300;

  /** The code of an error that says that what was asked for is not there. */
  static final String NOT_THERE = "RESOURCE_DOES_NOT_EXIST";

  /** The code of an error that says that what was to be made is there. */
  static final String THERE_ALREADY = "RESOURCE_ALREADY_EXISTS";

  private final URI server;
  private final Duration patience;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  /**
   * A client.
   *
   * @param server where the tracking server is, as MLFLOW_TRACKING_URI has it
   * @param patience how long it may take to answer
   */
  MlflowClient(URI server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  /** A server that refuses what it is asked. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String errorCode;

    RefusedException(String message, String errorCode) {
      super(message);
      this.errorCode = errorCode;
    }

    boolean is(String code) {
      return errorCode.equals(code);
    }
  }

  /**
   * Asks a question.
   *
   * @param endpoint such as {@code experiments/get-by-name}
   * @throws RefusedException if the server answers with an error
   */
  JsonNode get(String endpoint, String parameter, String value)
      throws IOException, InterruptedException {
    String query = parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return send(endpoint, request(endpoint + "?" + query).GET());
  }

  /**
   * Has something done.
   *
   * @param endpoint such as {@code runs/create}
   * @throws RefusedException if the server answers with an error
   */
  JsonNode post(String endpoint, JsonNode body) throws IOException, InterruptedException {
    return send(
        endpoint,
        request(endpoint)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body))));
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    String base = server.toString().replaceAll("/+$", "");
    return HttpRequest.newBuilder(URI.create(base + API + pathAndQuery)).timeout(patience);
  }

  private JsonNode send(String endpoint, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer;
    try {
      answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new IOException("it does not answer (%s)".formatted(failed), failed);
    }
    JsonNode body = parsed(answer.body());
    if (answer.statusCode() == OK && body.isObject()) {
      return body;
    }
    String said = body.path("message").asText(new String(answer.body(), StandardCharsets.UTF_8));
    String quoted = said.strip().replaceAll("\\s+", " ");
    throw new RefusedException(
        "it answers %s with status %d: %s"
            .formatted(
                endpoint,
                answer.statusCode(),
                quoted.substring(0, Math.min(MOST_QUOTED, quoted.length()))),
        body.path("error_code").asText());
  }

  private JsonNode parsed(byte[] body) throws IOException {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }
}
