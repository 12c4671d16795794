package io.headwater.aggregator.query;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks other instances over HTTP. Its answers never fail: who is silent is missing. */
final class PeerClient {
  /** Parameter that keeps an instance from asking others in turn. */
  static final String LOCAL = "local";

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  private final HttpClient http;
  private final Duration timeout;
  private final List<String> tokens;
  private final ObjectMapper json =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  PeerClient(Duration timeout, PeerAccess access) {
    this.timeout = timeout;
    this.tokens = access.tokens();
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(timeout);
    access.tls().ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  CompletableFuture<WindowsAnswer> ask(URI peer, WindowQuery query) {
    return send(HttpRequest.newBuilder(address(peer, query)).timeout(timeout), 0)
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(response -> read(peer, response))
        .exceptionally(
            failure -> WindowsAnswer.missing(peer.toString(), "does not answer: " + word(failure)));
  }

  /** Sends a request with one token after the other, until one is accepted. */
  private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request, int token) {
    if (token < tokens.size()) {
      request.setHeader("Authorization", "Bearer " + tokens.get(token));
    }
    return http.sendAsync(request.build(), BodyHandlers.ofByteArray())
        .thenCompose(
            response ->
                response.statusCode() == UNAUTHORIZED && token + 1 < tokens.size()
                    ? send(request, token + 1)
                    : CompletableFuture.completedFuture(response));
  }

  private WindowsAnswer read(URI peer, HttpResponse<byte[]> response) {
    if (response.statusCode() != OK) {
      return WindowsAnswer.missing(peer.toString(), "answers with status " + response.statusCode());
    }
    try {
      return json.readValue(response.body(), WindowsAnswer.class);
    } catch (IOException e) {
      return WindowsAnswer.missing(peer.toString(), "answers with something else than windows");
    }
  }

  private static URI address(URI peer, WindowQuery query) {
    StringBuilder address =
        new StringBuilder(peer.toString())
            .append("/api/windows?")
            .append(LOCAL)
            .append("=true&size=")
            .append(query.size().label())
            .append("&from=")
            .append(query.from())
            .append("&to=")
            .append(query.to());
    query.source().ifPresent(value -> address.append("&source=").append(encoded(value)));
    query.language().ifPresent(value -> address.append("&language=").append(encoded(value)));
    return URI.create(address.toString());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String word(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getClass().getSimpleName();
  }
}
