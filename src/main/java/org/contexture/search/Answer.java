package org.contexture.search;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer to a request.
 *
 * @param status of HTTP
 * @param type of the text
 * @param headers besides those that every answer has
 */
record Answer(int status, String type, String text, Map<String, String> headers) {
  private static final String POLICY = "Content-Security-Policy";
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  Answer {
    headers = Map.copyOf(headers);
  }

  /** A page with the policy that it is to be read under. */
  static Answer page(String html, String policy) {
    return new Answer(200, "text/html", html, Map.of(POLICY, policy));
  }

  /** A part of a page. */
  static Answer markup(String html) {
    return new Answer(200, "text/html", html, Map.of());
  }

  /** A sentence that says why not. */
  static Answer refusal(int status, String sentence) {
    return new Answer(status, "text/plain", sentence, Map.of());
  }

  Answer with(String header, String value) {
    return new Answer(status, type, text, Map.of(header, value));
  }

  void send(HttpExchange exchange) throws IOException {
    Headers sent = exchange.getResponseHeaders();
    sent.set(POLICY, NOTHING);
    sent.set("Content-Type", type + "; charset=utf-8");
    sent.set("X-Content-Type-Options", "nosniff");
    sent.set("Cache-Control", "no-store");
    sent.set("Referrer-Policy", "no-referrer");
    sent.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.forEach(sent::set);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
