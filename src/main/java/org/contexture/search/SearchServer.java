package org.contexture.search;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.contexture.image.ImageException;
import org.contexture.report.SearchForm;
import org.contexture.report.SearchPlace;

/**
 * Serves the page that asks for pictures, and answers it. {@code GET /} is the page, {@code POST
 * /neighbours} takes the bytes of a picture and gives markup. A refusal is a sentence of plain
 * text: 403 for a request under a foreign name or from a foreign page, 404, 405, 413 for more than
 * {@link #LARGEST_BYTES}, 422 for what is no picture or has too many pixels, 503 where too many
 * wait.
 *
 * <p>Pictures are searched for one at a time, and a few are held in memory while they wait. How
 * long a request may take to arrive is {@code sun.net.httpserver.maxReqTime} (seconds), which the
 * launcher sets.
 */
public final class SearchServer implements AutoCloseable {
  /** Bytes that a picture may take. */
  public static final int LARGEST_BYTES = 20 << 20;

  private static final int THREADS = 8;
  private static final int WAITING_CONNECTIONS = 64;
  private static final int PICTURES = 4;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Semaphore room = new Semaphore(PICTURES);
  private final Object turn = new Object();
  private final OwnNames names;
  private final SearchForm form;
  private final PictureSearch search;
  private final Consumer<RuntimeException> defects;

  private SearchServer(
      HttpServer server,
      OwnNames names,
      SearchForm form,
      PictureSearch search,
      Consumer<RuntimeException> defects) {
    this.server = server;
    this.names = names;
    this.form = form;
    this.search = search;
    this.defects = defects;
    // Where all threads are busy and enough connections wait, new ones are not accepted either.
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_CONNECTIONS),
            new ThreadPoolExecutor.CallerRunsPolicy());
  }

  /**
   * Starts to serve; whoever starts it closes it.
   *
   * @param address where to listen, with port 0 for a free one
   * @param host the address as a user gave it
   * @param place what the page says is searched
   * @param defects hears of what goes wrong while a picture is searched for, besides the picture
   * @throws IOException if the address cannot be listened at
   */
  public static SearchServer start(
      InetSocketAddress address,
      String host,
      SearchPlace place,
      PictureSearch search,
      Consumer<RuntimeException> defects)
      throws IOException {
    SearchServer started =
        new SearchServer(
            HttpServer.create(address, WAITING_CONNECTIONS),
            new OwnNames(host),
            new SearchForm(place, LARGEST_BYTES),
            search,
            defects);
    started.server.createContext("/", started::handle);
    started.server.setExecutor(started.threads);
    started.server.start();
    return started;
  }

  /** The address of the page. */
  public String address() {
    InetSocketAddress bound = server.getAddress();
    return "http://" + OwnNames.text(bound.getAddress()) + ":" + bound.getPort() + "/";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (RuntimeException defect) {
        defects.accept(defect);
        answer = Answer.refusal(500, "The search failed; the terminal of contexture says why.");
      }
      answer.send(exchange);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    if (!names.areMeantBy(exchange)) {
      return Answer.refusal(403, "This page answers only under its own address.");
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/" -> page(exchange);
      case "/neighbours" -> neighbours(exchange);
      default -> Answer.refusal(404, "There is nothing here; the page is at /.");
    };
  }

  private Answer page(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET")
        ? Answer.page(form.html(), form.policy())
        : Answer.refusal(405, "The page can only be read.").with("Allow", "GET");
  }

  private Answer neighbours(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return Answer.refusal(405, "A picture has to be sent with POST.").with("Allow", "POST");
    }
    if (!room.tryAcquire()) {
      return Answer.refusal(503, "Other pictures are being searched for; try again in a moment.")
          .with("Retry-After", "1");
    }
    try {
      return found(exchange);
    } finally {
      room.release();
    }
  }

  private Answer found(HttpExchange exchange) throws IOException {
    byte[] encoded = exchange.getRequestBody().readNBytes(LARGEST_BYTES + 1);
    if (encoded.length > LARGEST_BYTES) {
      return Answer.refusal(
          413,
          "The picture is too large: at most %d MiB are taken.".formatted(LARGEST_BYTES >> 20));
    }
    try {
      synchronized (turn) {
        return Answer.markup(SearchForm.answer(search.find(encoded)));
      }
    } catch (ImageException unusable) {
      return Answer.refusal(422, unusable.getMessage());
    }
  }

  /** Ends at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
