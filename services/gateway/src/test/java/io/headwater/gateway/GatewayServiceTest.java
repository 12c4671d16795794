package io.headwater.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.headwater.avro.Message;
import io.headwater.gateway.GatewayService.River;
import io.headwater.gateway.http.RateLimits;
import io.headwater.gateway.kafka.MessageSender;
import io.headwater.runtime.config.KafkaConnection;
import io.headwater.runtime.http.HttpEndpoint;
import io.headwater.runtime.lifecycle.ServiceState;
import io.headwater.runtime.lifecycle.StartException;
import io.headwater.runtime.telemetry.Telemetry;
import io.headwater.schemas.Decoded.Healthy;
import io.headwater.schemas.HeadwaterTopics;
import io.headwater.schemas.SchemaRegistry;
import io.headwater.schemas.Topic;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayServiceTest {
  private static final Topic<Message> MESSAGES = new HeadwaterTopics("").messages();
  private static final String JSON = "application/json";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Telemetry telemetry = Telemetry.of("gateway");
  private final SchemaRegistry registry = SchemaRegistry.over(new MockSchemaRegistryClient());
  private final AtomicReference<List<String>> missing = new AtomicReference<>(List.of());
  private MockProducer<byte[], byte[]> producer = producer(true);
  private GatewayService gateway = gateway();

  @AfterEach
  void stop() {
    gateway.close();
    telemetry.close();
  }

  @Test
  void answersWithIdPartitionAndOffsetOfEachMessageInOrder() throws Exception {
    start();

    var answer = post("[{'id':'a','text':'one','author':'ann'},{'id':'b','text':''}]", JSON);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body())
        .isEqualTo(
            "{'messages':[{'id':'a','partition':0,'offset':0},{'id':'b','partition':0,'offset':1}]}"
                .replace('\'', '"'));
    List<ProducerRecord<byte[], byte[]>> sent = producer.history();
    assertThat(sent).extracting(record -> text(record.key())).containsExactly("ann", "b");
    assertThat(message(sent.get(0)).getText()).isEqualTo("one");
    assertThat(message(sent.get(1)).getText()).isEmpty();
    assertThat(telemetry.scrape())
        .contains("headwater_gateway_accepted_total{service=\"gateway\"} 2");
  }

  @Test
  void takesNewlineDelimitedJson() throws Exception {
    start();

    var answer = post("{'text':'a'}\n{'text':'b'}\n", "application/x-ndjson; charset=UTF-8");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(producer.history()).hasSize(2);
  }

  @Test
  void scoresTextWithUnpairedSurrogates() throws Exception {
    start();

    assertThat(post("{'text':'a\\ud800b'}", JSON).statusCode()).isEqualTo(202);

    assertThat(message(producer.history().get(0)).getText()).isEqualTo("a\uFFFDb");
  }

  @Test
  void sendsNothingOfAnArrayWithABadMessage() throws Exception {
    start();

    var answer = post("[{'text':'good'},{'text':'x','language':'??'}]", JSON);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body())
        .contains("\"type\":\"urn:headwater:problem:invalid-message\"")
        .contains("\"status\":400")
        .contains("\"index\":1,\"field\":\"language\"");
    assertThat(producer.history()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'text':", "", "[]", "7", "{'text':'x','nme':'y'}"})
  void refusesBadBodiesWith400(String body) throws Exception {
    start();

    assertThat(post(body, JSON).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesInvalidUtf8With400() throws Exception {
    start();
    byte[] body = "{\"text\":\"ab\"}".getBytes(StandardCharsets.UTF_8);
    body[9] = (byte) 0xFF;

    var answer = post(BodyPublishers.ofByteArray(body), JSON);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("byte 9 is not valid UTF-8");
  }

  @Test
  void refusesATextAboveTheLimitWith413() throws Exception {
    start();

    var answer = post("{'text':'" + "x".repeat(201) + "'}", JSON);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("is 201 bytes of UTF-8 and the limit is 200");
  }

  @Test
  void refusesABodyAboveTheLimitWith413WhetherItsLengthIsKnownOrNot() throws Exception {
    start();
    byte[] body = new byte[1_001];

    assertThat(post(BodyPublishers.ofByteArray(body), JSON).statusCode()).isEqualTo(413);
    var unknownLength = BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body));
    assertThat(post(unknownLength, JSON).statusCode()).isEqualTo(413);
    assertThat(post("{'text':'x'}", JSON).statusCode()).isEqualTo(202);
  }

  @Test
  void refusesMoreMessagesThanMayBeInFlightWith413() throws Exception {
    start();

    assertThat(post("[{'text':''},{'text':''},{'text':''},{'text':''}]", JSON).statusCode())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/json; charset=utf-16", "application/jsonx"})
  void refusesOtherContentTypesWith415(String type) throws Exception {
    start();

    assertThat(post("{'text':'x'}", type).statusCode()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({"/messages,405", "/nothing,404"})
  void refusesOtherPathsAndMethodsWithAProblem(String path, int status) throws Exception {
    start();

    var answer = client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void answersOnlyWhenKafkaHasAcknowledgedAndRefusesMoreThanFitsMeanwhile() throws Exception {
    producer = producer(false);
    start();
    var first = postLater("[{'text':'a'},{'text':'b'},{'text':'c'}]");
    await().until(() -> producer.history().size() == 3);

    var second = post("{'text':'d'}", JSON);

    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).contains("1");
    assertThat(telemetry.scrape())
        .contains("headwater_gateway_inflight_messages{service=\"gateway\"} 3");
    assertThat(producer.completeNext()).isTrue();
    assertThat(producer.completeNext()).isTrue();
    await().during(Duration.ofMillis(200)).until(() -> !first.isDone());
    assertThat(producer.completeNext()).isTrue();
    assertThat(first.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
    var third = postLater("{'text':'d'}");
    await().until(producer::completeNext);
    assertThat(third.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
  }

  @Test
  void refusesBodiesThatDoNotFitBesideThoseInFlight() throws Exception {
    producer = producer(false);
    start();
    var first = postLater("[{'text':'" + "a".repeat(190) + "','id':'1'}]" + " ".repeat(700));
    await().until(() -> producer.history().size() == 1);

    var second = post("{'text':'d'}" + " ".repeat(700), JSON);

    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(producer.completeNext()).isTrue();
    assertThat(first.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
  }

  @Test
  void answers503WhenKafkaDoesNotAcknowledgeInTime() throws Exception {
    producer = producer(false);
    start();
    var pending = postLater("[{'id':'a','text':'a'},{'id':'b','text':'b'}]");
    await().until(() -> producer.history().size() == 2);

    assertThat(producer.completeNext()).isTrue();
    assertThat(producer.errorNext(new TimeoutException("expired after 10 s"))).isTrue();

    var answer = pending.get(5, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    assertThat(answer.body())
        .contains("Kafka did not acknowledge 1 of 2 messages")
        .contains("\"acknowledged\":[{\"id\":\"a\",\"partition\":0,\"offset\":0}]")
        .contains("expired after 10 s");
  }

  @Test
  void answers413WhenTheTopicTakesNoSuchRecord() throws Exception {
    start();
    producer.sendException = new RecordTooLargeException("too large for the topic");

    assertThat(post("{'text':'x'}", JSON).statusCode()).isEqualTo(413);
  }

  @Test
  void answers503UntilTheTopicIsThereAndTakesMessagesAfterwards() throws Exception {
    missing.set(List.of("topics messages do not exist: run `headwater topics create`"));
    gateway.start();
    await().until(() -> telemetry.health().ready().toString().contains("topics create"));

    var refused = post("{'text':'x'}", JSON);
    missing.set(List.of());
    await().atMost(Duration.ofSeconds(10)).until(() -> telemetry.health().ready().ok());

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("run `headwater topics create`");
    assertThat(post("{'text':'x'}", JSON).statusCode()).isEqualTo(202);
  }

  @Test
  void runsWithoutABrokerAndSaysThatItIsNotReady() throws Exception {
    gateway =
        GatewayService.create(
            config(0), KafkaConnection.to("127.0.0.1:1", "http://127.0.0.1:1"), telemetry);

    gateway.start();

    assertThat(gateway.state()).isEqualTo(ServiceState.RUNNING);
    var answer = post("{'text':'x'}", JSON);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(telemetry.health().ready().ok()).isFalse();
  }

  @Test
  void refusesToStartWithAClientSettingThatIsWrong() {
    KafkaConnection wrong =
        new KafkaConnection(
            "localhost:1",
            "http://localhost:1",
            "",
            "",
            Map.of(),
            Map.of(),
            Map.of("linger.ms", "soon"),
            Map.of(),
            Map.of());
    gateway = GatewayService.create(config(0), wrong, telemetry);

    assertThatThrownBy(gateway::start)
        .isInstanceOf(StartException.class)
        .hasMessageContaining("linger.ms");
    assertThat(gateway.state()).isEqualTo(ServiceState.FAILED);
  }

  @Test
  void refusesToStartOnATakenPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      gateway = gateway(config(taken.getLocalPort()));

      assertThatThrownBy(gateway::start)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("gateway.http.port");
    }
  }

  @Test
  void answersWhatIsOnItsWayBeforeItCloses() throws Exception {
    producer = producer(false);
    start();
    var pending = postLater("{'text':'a'}");
    await().until(() -> producer.history().size() == 1);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(gateway::close);
    await().until(() -> gateway.state() == ServiceState.STOPPING);

    await().during(Duration.ofMillis(200)).until(() -> !closing.isDone());
    assertThat(producer.completeNext()).isTrue();

    assertThat(pending.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
    closing.get(10, TimeUnit.SECONDS);
    assertThat(producer.closed()).isTrue();
    assertThat(gateway.state()).isEqualTo(ServiceState.STOPPED);
  }

  private void start() {
    gateway.start();
    await().atMost(Duration.ofSeconds(10)).until(() -> telemetry.health().ready().ok());
  }

  private GatewayService gateway() {
    return gateway(config(0));
  }

  private GatewayService gateway(GatewayConfig config) {
    registry.register(List.of(MESSAGES));
    return new GatewayService(
        config,
        new River(
            () -> {},
            () -> () -> List.copyOf(missing.get()),
            () -> new MessageSender(producer, registry.encoder(MESSAGES), MESSAGES.name())),
        telemetry);
  }

  private static GatewayConfig config(int port) {
    return new GatewayConfig(
        HttpEndpoint.loopback(port, GatewayConfig.DOOR),
        HttpEndpoint.loopback(0, GatewayConfig.ADMIN),
        RateLimits.NONE,
        1_000,
        200,
        3,
        1_500,
        100,
        Duration.ofSeconds(5));
  }

  private static MockProducer<byte[], byte[]> producer(boolean acknowledging) {
    return new MockProducer<>(
        acknowledging, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Message message(ProducerRecord<byte[], byte[]> record) {
    return ((Healthy<Message>) registry.decoder(MESSAGES).decode(record.value())).value();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + gateway.httpPort().orElseThrow() + path);
  }

  private HttpResponse<String> post(String body, String type) throws Exception {
    return post(BodyPublishers.ofString(body.replace('\'', '"')), type);
  }

  private HttpResponse<String> post(BodyPublisher body, String type) throws Exception {
    return client.send(request(body, type), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> postLater(String body) {
    return client.sendAsync(
        request(BodyPublishers.ofString(body.replace('\'', '"')), JSON), BodyHandlers.ofString());
  }

  private HttpRequest request(BodyPublisher body, String type) {
    return HttpRequest.newBuilder(uri("/messages"))
        .header("Content-Type", type)
        .timeout(Duration.ofSeconds(20))
        .POST(body)
        .build();
  }
}
