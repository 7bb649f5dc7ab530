package org.contexture.search;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * By which names a server may be asked. A page of another site can make a browser send requests
 * here, under a name of that site which it has made resolve to this machine (DNS rebinding), or
 * across sites with the site's own address as their origin; neither is answered.
 */
final class OwnNames {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
  private static final int HTTP_PORT = 80;

  private final String given;

  /** The names of a server that was told to listen at a host. */
  OwnNames(String given) {
    this.given = given.toLowerCase(Locale.ROOT);
  }

  /** Whether a request is for this server, and from nowhere or from its own page. */
  boolean areMeantBy(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String host = headers.getFirst("Host");
    String origin = headers.getFirst("Origin");
    return host != null
        && isMeant(host.toLowerCase(Locale.ROOT), exchange.getLocalAddress())
        && (origin == null || origin.equalsIgnoreCase("http://" + host));
  }

  private boolean isMeant(String host, InetSocketAddress reached) {
    int colon = host.lastIndexOf(':');
    int end = colon > host.lastIndexOf(']') ? colon : host.length();
    String port = host.substring(end);
    return (port.equals(":" + reached.getPort())
            || (port.isEmpty() && reached.getPort() == HTTP_PORT))
        && isOwn(host.substring(0, end), reached.getAddress());
  }

  private boolean isOwn(String name, InetAddress reached) {
    Optional<InetAddress> meant = literal(name);
    return meant.isPresent()
        ? meant.get().equals(reached)
            || meant.equals(literal("[" + given + "]"))
            || (reached.isLoopbackAddress() && meant.get().isLoopbackAddress())
        : name.equals(given)
            || name.equals(text(reached))
            || (reached.isLoopbackAddress() && LOOPBACK.contains(name));
  }

  /** The address in brackets, in any of its spellings. No name in brackets is ever looked up. */
  private static Optional<InetAddress> literal(String name) {
    if (!name.startsWith("[") || !name.endsWith("]")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(name));
    } catch (UnknownHostException none) {
      return Optional.empty();
    }
  }

  /** An address as it stands in an address line. */
  static String text(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }
}
