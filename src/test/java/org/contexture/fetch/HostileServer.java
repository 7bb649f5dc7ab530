package org.contexture.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A web server on loopback that answers each request by the next script, to the byte: what a
 * library server would not let a test do.
 */
final class HostileServer implements AutoCloseable {
  /** Where {@link #requests} have what was asked for. */
  static final String REQUEST_LINE = ":";

  private final ServerSocket socket;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new ArrayList<>();

  /** Answers one request. */
  @FunctionalInterface
  interface Script {
    void answer(Map<String, String> request, OutputStream out)
        throws IOException, InterruptedException;
  }

  HostileServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "hostile server");
    thread.setDaemon(true);
    thread.start();
  }

  URI address(String path) {
    return URI.create(
        "http://%s:%d/%s"
            .formatted(socket.getInetAddress().getHostAddress(), socket.getLocalPort(), path));
  }

  /** Answers the next request so. */
  HostileServer then(Script script) {
    scripts.add(script);
    return this;
  }

  /** The header fields of every request so far, names in lower case. */
  List<Map<String, String>> requests() {
    return requests;
  }

  /** An answer with a status, header lines and a body, whatever they say of each other. */
  static Script answer(String status, List<String> headers, byte[] body) {
    return (request, out) -> {
      String head =
          "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close";
      out.write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
    };
  }

  /** After a script, the connection stays open without a byte. */
  static Script stalling(Script script) {
    return (request, out) -> {
      script.answer(request, out);
      Thread.sleep(60_000);
    };
  }

  private void serve() {
    try {
      while (true) {
        Socket connection = socket.accept();
        synchronized (connections) {
          connections.add(connection);
        }
        Thread thread = new Thread(() -> serve(connection), "hostile connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (SocketException closed) {
      return;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      Map<String, String> request = new TreeMap<>();
      request.put(REQUEST_LINE, in.readLine());
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        request.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      requests.add(request);
      Script script = scripts.poll();
      if (script != null) {
        script.answer(request, connection.getOutputStream());
      }
    } catch (IOException | InterruptedException clientLeft) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    synchronized (connections) {
      for (Socket connection : connections) {
        connection.close();
      }
    }
  }
}
