package io.headwater.schemas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry over real HTTP that answers each path as it is told, and 404 of a wrong path else. */
final class FakeRegistry implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile String authorization = "";

  private record Answer(int status, String body) {}

  FakeRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  FakeRegistry answer(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
    return this;
  }

  /** A client of it that does not wait between its tries. */
  SchemaRegistry client() {
    return client(Map.of());
  }

  /** The same, with properties of its own. */
  SchemaRegistry client(Map<String, String> own) {
    Map<String, String> properties = new HashMap<>(own);
    properties.put("max.retries", "0");
    return SchemaRegistry.at("http://localhost:" + server.getAddress().getPort(), properties);
  }

  /** How the last request said who it is from. */
  String authorization() {
    return authorization;
  }

  int requests() {
    return requests.get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      exchange.getRequestBody().readAllBytes();
      Answer answer =
          answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, "no such page"));
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
