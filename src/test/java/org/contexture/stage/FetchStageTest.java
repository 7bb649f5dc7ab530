package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.contexture.failure.Failure;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.Patience;
import org.contexture.fetch.RemoteFile;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person is told to do when a file does not come. */
@Timeout(60)
class FetchStageTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String ADVICE = "put it into a folder that fetch.mirror names";

  @TempDir Path directory;

  private void fetch(URI source) throws Exception {
    RemoteFile file =
        new RemoteFile(
            "birds.tgz",
            List.of(source),
            Checksum.sha256("0".repeat(64)),
            RemoteFile.UNKNOWN_LENGTH);
    Patience patience = new Patience(LONG, LONG, LONG, 1, LONG, LONG);
    StageGraph.Builder graph = StageGraph.builder();
    graph.add("fetch", new FetchStage(List.of(file), patience, ""));
    DirectRun.of(graph.build(), Store.open(directory.resolve("store")));
  }

  @Test
  void whoeverHasAFileThatIsNowhereIsToldWhereToPutIt() {
    assertThatThrownBy(() -> fetch(directory.resolve("nowhere/birds.tgz").toUri()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("birds.tgz cannot be fetched")
        .hasMessageContaining(ADVICE);
  }

  @Test
  void aFullDiskIsNoReasonToGetTheFileElsewhere() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, Long.MAX_VALUE >> 4);
          exchange.getResponseBody().flush();
        });
    server.start();
    String host = server.getAddress().getHostString();
    URI large = URI.create("http://%s:%d/birds.tgz".formatted(host, server.getAddress().getPort()));

    try {
      assertThatThrownBy(() -> fetch(large))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("Free some space")
          .hasMessageNotContaining(ADVICE);
    } finally {
      server.stop(0);
    }
  }
}
