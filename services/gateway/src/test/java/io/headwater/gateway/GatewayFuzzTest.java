package io.headwater.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.Message;
import io.headwater.gateway.GatewayService.River;
import io.headwater.gateway.http.RateLimits;
import io.headwater.gateway.ingest.HostileBodies;
import io.headwater.gateway.kafka.MessageSender;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import io.headwater.schemas.hostile.FuzzRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hostile requests over real connections: each has an answer, and none is the gateway's fault. */
@Timeout(1_200)
class GatewayFuzzTest {
  private static final Topic<Message> MESSAGES = new HeadwaterTopics("").messages();
  private static final int MOST_CONNECTIONS = 50;
  private static final int MOST_BODY = 64 * 1024;
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/x-ndjson",
          "application/json; charset=utf-8",
          "application/json; charset=\"",
          "application/json;;;charset",
          "text/plain",
          "application/json; charset=klingon",
          "*/*",
          "\u00ff");

  private final Telemetry telemetry = Telemetry.of("gateway");
  private final SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final HttpClient client = HttpClient.newHttpClient();
  private final GatewayService gateway =
      new GatewayService(
          new GatewayConfig(
              HttpEndpoint.loopback(0, GatewayConfig.DOOR),
              HttpEndpoint.loopback(0, GatewayConfig.ADMIN),
              RateLimits.NONE,
              MOST_BODY,
              2_000,
              500,
              1 << 20,
              MOST_CONNECTIONS,
              Duration.ofSeconds(5)),
          new River(
              () -> {},
              () -> List::of,
              () -> new MessageSender(producer, registry.encoder(MESSAGES), MESSAGES.name())),
          telemetry);

  @BeforeEach
  void start() {
    registry.register(List.of(MESSAGES));
    gateway.start();
    await().atMost(Duration.ofSeconds(10)).until(() -> telemetry.health().ready().ok());
  }

  @AfterEach
  void stop() {
    gateway.close();
    telemetry.close();
  }

  @Test
  void everyBodyHasAnAnswerThatSaysWhoseFaultItIs() throws Exception {
    FuzzRun run = FuzzRun.of("gateway-http", 6_000);
    HostileBodies bodies = new HostileBodies(run.seed());
    TreeMap<Integer, Integer> answers = new TreeMap<>();
    int sent = Math.min(run.records(), 20_000);
    for (int i = 0; i < sent; i++) {
      byte[] body = bodies.next();
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri())
                  .header("Content-Type", TYPES.get(i % 3))
                  .timeout(Duration.ofSeconds(10))
                  .POST(
                      i % 5 == 0
                          ? BodyPublishers.ofInputStream(
                              () -> new java.io.ByteArrayInputStream(body))
                          : BodyPublishers.ofByteArray(body))
                  .build(),
              BodyHandlers.ofString());
      answers.merge(answer.statusCode(), 1, Integer::sum);
      assertThat(answer.statusCode()).as("body %d: %s", i, answer.body()).isIn(202, 400, 413);
      if (answer.statusCode() != 202) {
        assertThat(answer.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
        assertThat(answer.body()).hasSizeLessThan(30_000);
      }
      producer.clear();
    }
    System.out.println("fuzz gateway-http answers=" + answers);
    assertThat(answers).containsKeys(202, 400, 413);
  }

  @Test
  void brokenHttpIsAnsweredOrHungUpOnAndOthersAreServedMeanwhile() throws Exception {
    FuzzRun run = FuzzRun.of("gateway-raw", 1_500);
    Random random = run.random();
    HostileBodies bodies = new HostileBodies(run.seed());
    TreeMap<String, Integer> answers = new TreeMap<>();
    for (int i = 0; i < Math.min(run.records(), 5_000); i++) {
      String answer = raw(request(bodies.next(), random));
      answers.merge(answer, 1, Integer::sum);
      assertThat(answer).as("request %d", i).doesNotStartWith("5");
      if (i % 50 == 0) {
        assertThat(healthy(i)).isEqualTo(202);
      }
      producer.clear();
    }
    System.out.println("fuzz gateway-raw answers=" + answers);
    assertThat(healthy(-1)).isEqualTo(202);
  }

  @Test
  void thoseBeyondTheMostConnectionsWaitAndAreServedAfterwards() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < MOST_CONNECTIONS + 30; i++) {
        Socket socket = connect();
        sockets.add(socket);
        socket.getOutputStream().write(whole(HostileBodies.healthy(i)));
      }
      int served = 0;
      for (Socket socket : sockets) {
        served += status(socket, 300).equals("202") ? 1 : 0;
      }
      // The acceptor may hold one or two more than the limit in its hands.
      assertThat(served).isBetween(MOST_CONNECTIONS / 2, MOST_CONNECTIONS + 2);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    assertThat(healthy(1)).isEqualTo(202);
  }

  private int healthy(int number) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(uri())
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofByteArray(HostileBodies.healthy(number)))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  /** What comes back: a status, or how the connection ended. */
  private String raw(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(request);
      socket.shutdownOutput();
      return status(socket, 10_000);
    } catch (SocketException e) {
      return "closed";
    }
  }

  private static String status(Socket socket, int patienceMillis) throws IOException {
    socket.setSoTimeout(patienceMillis);
    try {
      InputStream in = socket.getInputStream();
      String start = new String(in.readNBytes(12), ISO_8859_1);
      return start.startsWith("HTTP/1.") && start.length() == 12
          ? start.substring(9)
          : start.isEmpty() ? "closed" : "other";
    } catch (SocketTimeoutException e) {
      if (patienceMillis > 1_000) {
        throw new AssertionError("no answer in " + patienceMillis + " ms", e);
      }
      return "none yet";
    } catch (SocketException e) {
      return "closed";
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), gateway.httpPort().orElseThrow());
  }

  private static byte[] whole(byte[] body) {
    return joined(
        head("POST", "application/json", "Content-Length: " + body.length + "\r\n"), body);
  }

  private static byte[] request(byte[] body, Random random) {
    String type = TYPES.get(random.nextInt(TYPES.size()));
    return switch (random.nextInt(9)) {
      case 0 -> joined(head("POST", type, "Transfer-Encoding: chunked\r\n"), chunks(body, random));
      case 1 -> joined(head("POST", type, "Content-Length: " + (body.length + 7) + "\r\n"), body);
      case 2 -> joined(head("POST", type, "Content-Length: -5\r\n"), body);
      case 3 -> joined(head("POST", type, "Content-Length: 99999999999999999999\r\n"), body);
      case 4 ->
          joined(
              head("POST", type, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
              chunks(body, random));
      case 5 ->
          joined(head("POST", type, "X: " + "y".repeat(random.nextInt(20_000)) + "\r\n"), body);
      case 6 -> joined(head("B\u0000D", type, ""), body);
      case 7 ->
          joined(
              head(
                  "POST",
                  type,
                  "Content-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n"),
              body);
      default -> body;
    };
  }

  private static byte[] head(String method, String type, String more) {
    return "%s /messages HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\n%s\r\n"
        .formatted(method, type, more)
        .getBytes(ISO_8859_1);
  }

  /** Chunks of odd sizes, sometimes with sizes that lie. */
  private static byte[] chunks(byte[] body, Random random) {
    byte[] chunked = new byte[0];
    int at = 0;
    while (at < body.length) {
      int size = Math.min(body.length - at, 1 + random.nextInt(Math.max(1, body.length / 5) + 1));
      String told =
          random.nextInt(40) == 0
              ? List.of("zz", "ffffffffffff", "-1").get(random.nextInt(3))
              : Integer.toHexString(size);
      byte[] piece = java.util.Arrays.copyOfRange(body, at, at + size);
      chunked = joined(chunked, joined((told + "\r\n").getBytes(UTF_8), piece));
      chunked = joined(chunked, "\r\n".getBytes(UTF_8));
      at += size;
    }
    return random.nextInt(5) == 0 ? chunked : joined(chunked, "0\r\n\r\n".getBytes(UTF_8));
  }

  private static byte[] joined(byte[] front, byte[] back) {
    byte[] bytes = java.util.Arrays.copyOf(front, front.length + back.length);
    System.arraycopy(back, 0, bytes, front.length, back.length);
    return bytes;
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + gateway.httpPort().orElseThrow() + "/messages");
  }
}
