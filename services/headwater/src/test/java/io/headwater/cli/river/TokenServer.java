package io.headwater.cli.river;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An identity provider: gives signed tokens to clients that know their secret (the client
 * credentials grant of OAuth), and shows the key that they are checked with.
 */
final class TokenServer implements AutoCloseable {
  static final String AUDIENCE = "kafka";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final HttpServer server;
  private final KeyPair keys;
  private final Map<String, String> secrets = new ConcurrentHashMap<>();

  private TokenServer(HttpServer server, KeyPair keys) {
    this.server = server;
    this.keys = keys;
  }

  static TokenServer start() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    TokenServer made =
        new TokenServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
            generator.generateKeyPair());
    made.server.createContext("/token", made::token);
    made.server.createContext("/keys", made::keys);
    made.server.start();
    return made;
  }

  /** From now on this is the client's secret. */
  void secret(String client, String secret) {
    secrets.put(client, secret);
  }

  String url(String path) {
    return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path);
  }

  private void token(HttpExchange exchange) throws IOException {
    String[] login = login(exchange);
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!form.contains("grant_type=client_credentials")
        || !login[1].equals(secrets.get(login[0]))) {
      answer(exchange, 401, "{\"error\": \"invalid_client\"}");
      return;
    }
    answer(
        exchange,
        200,
        "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": 300}"
            .formatted(signed(login[0])));
  }

  private static String[] login(HttpExchange exchange) {
    String header =
        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
            .replaceFirst("^Basic ", "");
    String text = new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8);
    return text.split(":", 2);
  }

  private String signed(String client) {
    long now = Instant.now().getEpochSecond();
    String text =
        encoded("{\"alg\": \"RS256\", \"kid\": \"one\", \"typ\": \"JWT\"}")
            + "."
            + encoded(
                "{\"sub\": \"%s\", \"aud\": \"%s\", \"iss\": \"%s\", \"iat\": %d, \"exp\": %d, \"scope\": \"river\"}"
                    .formatted(client, AUDIENCE, url(""), now, now + 300));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keys(HttpExchange exchange) throws IOException {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    answer(
        exchange,
        200,
        "{\"keys\": [{\"kty\": \"RSA\", \"kid\": \"one\", \"use\": \"sig\", \"alg\": \"RS256\", \"n\": \"%s\", \"e\": \"%s\"}]}"
            .formatted(number(key.getModulus()), number(key.getPublicExponent())));
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    return BASE64.encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
  }

  private static String encoded(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
