package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Consumer;
import org.contexture.failure.Failure;
import org.contexture.report.SearchPlace;
import org.contexture.search.PictureSearch;
import org.contexture.search.SearchServer;
import picocli.CommandLine.Option;

/** Whether and where a page is served. */
final class ServingOptions {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LARGEST_PORT = 65_535;

  @Option(
      names = "--serve",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "0",
      description =
          "Serve a page on this machine that searches for pictures; without PORT at a free one.")
  Optional<Integer> port = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = LOOPBACK,
      description = "Where the page is served (default: ${DEFAULT-VALUE}, this machine alone).")
  String host;

  boolean isWanted() {
    return port.isPresent();
  }

  /** Fails before anything is loaded. */
  void require() {
    if (isWanted() && (port.get() < 0 || port.get() > LARGEST_PORT)) {
      throw Failure.usage(
          "--serve: a port is a number from 0 to %d, not %d.", LARGEST_PORT, port.get());
    }
    address();
  }

  /** Starts to serve, and warns if not this machine alone is served. */
  SearchServer start(
      SearchPlace place,
      PictureSearch search,
      Consumer<RuntimeException> defects,
      PrintWriter out) {
    InetSocketAddress address = address();
    try {
      SearchServer server = SearchServer.start(address, host, place, search, defects);
      if (!address.getAddress().isLoopbackAddress()) {
        out.printf("Whoever reaches %s can search, and see the gallery.%n", host);
      }
      return server;
    } catch (IOException taken) {
      throw Failure.environment(
              "Port %d of %s cannot be listened at: %s. Choose another with --serve PORT.",
              address.getPort(), host, taken.getMessage())
          .causedBy(taken);
    }
  }

  private InetSocketAddress address() {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port.orElse(0));
    } catch (UnknownHostException unknown) {
      throw Failure.usage("--host: %s is no address of this machine.", host).causedBy(unknown);
    }
  }
}
