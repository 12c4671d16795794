package io.headwater.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.Message;
import io.headwater.gateway.GatewayConfig;
import io.headwater.gateway.ingest.BatchParser;
import io.headwater.gateway.ingest.Inflight;
import io.headwater.gateway.ingest.IngestLimits;
import io.headwater.gateway.ingest.MessageDefaults;
import io.headwater.gateway.ingest.MessageParser;
import io.headwater.gateway.kafka.MessageSender;
import io.headwater.gateway.kafka.RiverWatch;
import io.headwater.runtime.http.AccessTokens;
import io.headwater.runtime.http.HttpAccess;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.http.TestAuthority;
import io.headwater.runtime.http.TlsFiles;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LockedDoorTest {
  private static final Topic<Message> MESSAGES = new HeadwaterTopics("").messages();
  private static final String OLD = "the-old-token-0123";
  private static final String NEW = "the-new-token-0123";
  private static final HttpAccess TOKENS =
      new HttpAccess(AccessTokens.parse(NEW + " " + OLD), Optional.empty());

  private final SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RiverWatch river = river();
  private HttpDoor door = door(TOKENS, RateLimits.NONE);

  @AfterEach
  void stop() {
    door.close();
    river.close();
  }

  @Test
  void takesMessagesOnlyWithOneOfItsTokens() throws Exception {
    open();

    HttpResponse<String> without = send(post());
    HttpResponse<String> wrong = send(post().header("Authorization", "Bearer " + OLD + "4"));

    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(without.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(producer.history()).isEmpty();
    assertThat(meters.get("headwater.gateway.refused").tag("reason", "unauthorized").counter())
        .satisfies(counter -> assertThat(counter.count()).isEqualTo(2));
    for (String token : List.of(OLD, NEW)) {
      assertThat(send(post().header("Authorization", "Bearer " + token)).statusCode())
          .isEqualTo(202);
    }
  }

  @Test
  void tellsAStrangerNothingOfItsPaths() throws Exception {
    open();

    for (String path : List.of("/", "/messages", "/nothing", "/messages/../messages")) {
      assertThat(send(HttpRequest.newBuilder(uri("http", path))).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void speaksTls(@TempDir Path folder) throws Exception {
    TestAuthority authority = new TestAuthority("ours");
    TlsFiles files = authority.identity("gateway", "EC").write(folder, Optional.empty());
    door.close();
    door = door(new HttpAccess(AccessTokens.parse(OLD), Optional.of(files)), RateLimits.NONE);
    open();
    HttpClient client = HttpClient.newBuilder().sslContext(authority.client()).build();

    HttpResponse<String> answer =
        client.send(
            post(uri("https", "/messages")).header("Authorization", "Bearer " + OLD).build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(202);
  }

  @Test
  void refusesAClientThatIsTooFastWithTheTimeToWait() throws Exception {
    door.close();
    door = door(HttpAccess.OPEN, new RateLimits(0, 1));
    open();
    assertThat(send(post("[{\"text\":\"a\"},{\"text\":\"b\"},{\"text\":\"c\"}]")).statusCode())
        .isEqualTo(202);

    HttpResponse<String> refused = send(post());

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After").orElseThrow()).isIn("2", "3");
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(refused.body()).contains("urn:headwater:problem:too-fast");
    assertThat(producer.history()).hasSize(3);
    assertThat(meters.get("headwater.gateway.refused").tag("reason", "too-fast").counter().count())
        .isEqualTo(1);
  }

  @Test
  void refusesHeadersAboveEightKibibytes() throws Exception {
    open();

    assertThat(
            raw("POST /messages HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n".formatted("x".repeat(9_000))))
        .startsWith("HTTP/1.1 431");
    assertThat(raw("POST /%s HTTP/1.1\r\nHost: x\r\n\r\n".formatted("x".repeat(9_000))))
        .startsWith("HTTP/1.1 414");
  }

  @Test
  void refusesChunksThatGrowAboveTheLimitHoweverSmallEachIs() throws Exception {
    open();
    StringBuilder request =
        new StringBuilder(
                "POST /messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
            .append("Authorization: Bearer ")
            .append(OLD)
            .append("\r\n")
            .append("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    for (int i = 0; i < 101; i++) {
      request.append("a\r\n0123456789\r\n");
    }

    assertThat(raw(request.append("0\r\n\r\n").toString())).startsWith("HTTP/1.1 413");
  }

  private String raw(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void open() {
    door.open();
    await().until(() -> river.sender().isPresent());
  }

  private HttpDoor door(HttpAccess access, RateLimits rates) {
    return new HttpDoor(
        new HttpEndpoint("127.0.0.1", 0, GatewayConfig.DOOR, access),
        river,
        new DoorLimits(1_000, 100, new Inflight(100, 10_000), rates, Duration.ofSeconds(5)),
        new BatchParser(
            new MessageParser(
                IngestLimits.ofText(500), MessageDefaults.NONE, Clock.systemUTC(), () -> "id"),
            100),
        meters);
  }

  private RiverWatch river() {
    registry.register(List.of(MESSAGES));
    RiverWatch watch =
        new RiverWatch(
            List::of,
            () -> new MessageSender(producer, registry.encoder(MESSAGES), MESSAGES.name()),
            Duration.ofMillis(50));
    watch.start();
    return watch;
  }

  private HttpRequest.Builder post() {
    return post("{\"text\":\"x\"}");
  }

  private HttpRequest.Builder post(String body) {
    return HttpRequest.newBuilder(uri("http", "/messages"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpRequest.Builder post(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"text\":\"x\"}"));
  }

  private URI uri(String scheme, String path) {
    return URI.create("%s://127.0.0.1:%d%s".formatted(scheme, door.port(), path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
