package org.contexture.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** A real server of files, in a process of its own, and what a command needs to use it. */
final class StoreServer implements AutoCloseable {
  private static final Path SERVERS = Path.of("target/servers").toAbsolutePath();
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final long POLL_MILLISECONDS = 50;

  private final Process process;
  private final Path log;
  private final String root;
  private final Map<String, String> environment;

  private StoreServer(Process process, Path log, String root, Map<String, String> environment) {
    this.process = process;
    this.log = log;
    this.root = root;
    this.environment = environment;
  }

  /**
   * An S3-compatible server.
   *
   * @param directory where its one bucket is a directory, {@code bucket}
   */
  static StoreServer s3(Path directory) throws Exception {
    Files.createDirectories(directory.resolve("bucket"));
    int port = freePort();
    Path properties = directory.resolveSibling("s3.properties");
    Files.writeString(
        properties,
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=reader
        s3proxy.credential=of-tests
        s3proxy.ignore-unknown-headers=true
        jclouds.provider=filesystem-nio2
        jclouds.identity=none
        jclouds.credential=none
        jclouds.filesystem.basedir=%s
        """
            .formatted(port, directory));
    Path log = directory.resolveSibling("s3.log");
    Process process =
        java(
            log,
            List.of(
                "-jar",
                SERVERS.resolve("s3proxy-jar-with-dependencies.jar").toString(),
                "--properties",
                properties.toString()));
    StoreServer server =
        new StoreServer(
            process,
            log,
            "s3://bucket/stores",
            Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + port,
                "AWS_ACCESS_KEY_ID", "reader",
                "AWS_SECRET_ACCESS_KEY", "of-tests"));
    return server.started(() -> answers(port));
  }

  /** A name node and a data node of HDFS. */
  static StoreServer hdfs(Path directory) throws Exception {
    Files.createDirectories(directory);
    Path details = directory.resolve("details.json");
    Path log = directory.resolveSibling("hdfs.log");
    Process process =
        java(
            log,
            List.of(
                "-cp",
                String.join(
                    File.pathSeparator,
                    System.getProperty("java.class.path"),
                    modules(),
                    SERVERS.resolve("hadoop-client-minicluster.jar").toString()),
                "org.apache.hadoop.test.MiniDFSClusterManager",
                "-format",
                "-D",
                "hdfs.minidfs.basedir=" + directory,
                "-D",
                "dfs.replication=1",
                "-writeDetails",
                details.toString()));
    StoreServer starting = new StoreServer(process, log, "", Map.of());
    starting.started(() -> Files.exists(details) && Files.size(details) > 0);
    int port = new ObjectMapper().readTree(details.toFile()).path("namenode_port").intValue();
    return new StoreServer(process, log, "hdfs://127.0.0.1:" + port + "/stores", Map.of());
  }

  /** The address of the directory where stores may be. */
  String root() {
    return root;
  }

  /** Runs a command that can reach it. */
  Child run(Path output, String... words) throws IOException {
    return Child.startWith(modules(), environment, output, words);
  }

  /** What the program needs in its class path for stores that are not directories. */
  private static String modules() throws IOException {
    return Files.readString(SERVERS.resolve("modules")).strip();
  }

  private static Process java(Path log, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private StoreServer started(Callable<Boolean> moment) throws Exception {
    Instant deadline = Instant.now().plus(LONGEST_START);
    while (!moment.call()) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        close();
        throw new IllegalStateException("the server does not start: " + Files.readString(log));
      }
      Thread.sleep(POLL_MILLISECONDS);
    }
    return this;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
