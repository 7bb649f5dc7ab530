package org.contexture.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a web server for a file, or for the rest of it (HTTP range requests, RFC 9110 section 14).
 * What the server says of lengths and versions is held against what it sends.
 */
final class HttpSource {
  private static final int BUFFER = 1 << 16;

  /** The longest file whose length nobody told. */
  private static final long MOST_UNANNOUNCED = 1L << 30;

  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** Answers after which the same question may be answered. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  private final Patience patience;
  private final HttpClient client;

  HttpSource(Patience patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience.connect())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /** Brings the part to its full length, or as far as the server lets it. */
  void receive(RemoteFile file, URI source, PartialFile part, FetchListener listener)
      throws IOException, InterruptedException, SourceException {
    if (part.isComplete()) {
      return;
    }
    HttpResponse<InputStream> answer = ask(source, part);
    try (InputStream body = answer.body()) {
      long total = accept(answer, file, part);
      if (total != RemoteFile.UNKNOWN_LENGTH) {
        part.requireRoom(total - part.length());
      }
      read(body, part, total, listener);
      if (total != RemoteFile.UNKNOWN_LENGTH && part.length() < total) {
        throw SourceException.forNow("ended after %d of %d bytes".formatted(part.length(), total));
      }
    } finally {
      // A client that nothing refers to any more closes its connections, even while one is read.
      Reference.reachabilityFence(client);
    }
  }

  private HttpResponse<InputStream> ask(URI source, PartialFile part)
      throws IOException, InterruptedException, SourceException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(source)
            .timeout(patience.answer())
            .header("User-Agent", "Contexture")
            .header("Accept-Encoding", "identity");
    if (part.length() > 0) {
      request.header("Range", "bytes=" + part.length() + "-");
      part.validator().ifPresent(version -> request.header("If-Range", version));
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException failed) {
      throw SourceException.forNow("does not answer (%s)".formatted(failed), failed);
    }
  }

  /** Prepares the part for what the server is about to send, and tells the length of the whole. */
  private static long accept(HttpResponse<?> answer, RemoteFile file, PartialFile part)
      throws IOException, SourceException {
    HttpHeaders headers = answer.headers();
    long total =
        switch (answer.statusCode()) {
          case OK -> headers.firstValueAsLong("Content-Length").orElse(RemoteFile.UNKNOWN_LENGTH);
          case PARTIAL_CONTENT -> totalOfRange(headers, part);
          default -> throw refusal(answer, part);
        };
    if (file.hasKnownLength() && total != RemoteFile.UNKNOWN_LENGTH && total != file.bytes()) {
      throw SourceException.forGood(
          "has another file of that name: of %d bytes instead of %d"
              .formatted(total, file.bytes()));
    }
    if (answer.statusCode() == OK) {
      part.restart();
    } else {
      part.startAnswer();
    }
    part.setValidator(version(headers));
    return file.hasKnownLength() ? file.bytes() : total;
  }

  private static long totalOfRange(HttpHeaders headers, PartialFile part)
      throws IOException, SourceException {
    String range = headers.firstValue("Content-Range").orElse("");
    Matcher parts = CONTENT_RANGE.matcher(range);
    if (!parts.matches() || Long.parseLong(parts.group(1)) != part.length()) {
      String asked = "was asked for what follows byte %d".formatted(part.length());
      part.restart();
      throw SourceException.forNow("%s and sent '%s'".formatted(asked, range));
    }
    return parts.group(2).equals("*") ? RemoteFile.UNKNOWN_LENGTH : Long.parseLong(parts.group(2));
  }

  private static SourceException refusal(HttpResponse<?> answer, PartialFile part)
      throws IOException {
    int status = answer.statusCode();
    if (status == RANGE_NOT_SATISFIABLE) {
      part.restart();
      return SourceException.forNow("has no more of it than is here already");
    }
    String message = "answers with status %d".formatted(status);
    if (!PASSING.contains(status)) {
      return SourceException.forGood(message);
    }
    Optional<Duration> wait = seconds(answer.headers());
    return wait.isPresent()
        ? SourceException.until(wait.get(), message)
        : SourceException.forNow(message);
  }

  private static Optional<Duration> seconds(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,9}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  /** A name of the version that can be asked for again: a strong entity tag, or a date. */
  private static Optional<String> version(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> headers.firstValue("Last-Modified"));
  }

  private void read(InputStream body, PartialFile part, long total, FetchListener listener)
      throws IOException, SourceException {
    try (StallWatch watch = new StallWatch(body, patience.stall())) {
      byte[] buffer = new byte[BUFFER];
      while (true) {
        int read = watch.read(buffer);
        if (read < 0) {
          return;
        }
        long most = total == RemoteFile.UNKNOWN_LENGTH ? MOST_UNANNOUNCED : total;
        if (part.length() + read > most) {
          throw SourceException.forGood("sends more than %d bytes".formatted(most));
        }
        part.append(buffer, read);
        listener.progress(part.length(), total);
      }
    }
  }
}
