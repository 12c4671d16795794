package io.headwater.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.runtime.telemetry.HealthStatus;
import io.headwater.runtime.telemetry.Telemetry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
  private final Telemetry telemetry = Telemetry.of("scorer");
  private final AdminServer server = AdminServer.start(at(0), telemetry);

  @AfterEach
  void stop() {
    server.close();
    telemetry.close();
  }

  @Test
  void metricsCarryTheServicesNameAsATag() throws Exception {
    telemetry.meters().counter("headwater.records.in").increment(3);

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
    assertThat(answer.body())
        .contains("headwater_records_in_total{service=\"scorer\"} 3.0")
        .contains("jvm_memory_used_bytes{");
    assertThat(answer.body().lines().filter(line -> !line.startsWith("#") && !line.isBlank()))
        .allSatisfy(line -> assertThat(line).contains("service=\"scorer\""));
  }

  @Test
  void readinessIs200WhenAllIsWellAnd503WhenNotWithEveryChecksWords() throws Exception {
    AtomicReference<HealthStatus> partitions =
        new AtomicReference<>(HealthStatus.down("no partition yet"));
    telemetry.health().readiness("model", () -> HealthStatus.up("e5@1.0.0 loaded"));
    telemetry.health().readiness("partitions", partitions::get);

    HttpResponse<String> before = get("/health/ready");
    partitions.set(HealthStatus.up("3 partitions"));
    HttpResponse<String> after = get("/health/ready");

    assertThat(before.statusCode()).isEqualTo(503);
    JsonNode body = new ObjectMapper().readTree(before.body());
    assertThat(body.at("/ok").asBoolean(true)).isFalse();
    assertThat(body.at("/checks/model/ok").asBoolean()).isTrue();
    assertThat(body.at("/checks/partitions/detail").asText()).isEqualTo("no partition yet");
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(after.body()).at("/ok").asBoolean()).isTrue();
  }

  @Test
  void livenessDoesNotDependOnReadiness() throws Exception {
    telemetry.health().readiness("partitions", () -> HealthStatus.down("no partition yet"));
    assertThat(get("/health/live").statusCode()).isEqualTo(200);

    telemetry.health().liveness("loop", () -> HealthStatus.down("the thread is dead"));

    HttpResponse<String> answer = get("/health/live");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("the thread is dead");
  }

  @Test
  void anyOtherPathIsNotFound() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  @Test
  void aClosedServerGivesItsPortBack() {
    int port = server.port();
    server.close();

    try (AdminServer next = AdminServer.start(at(port), telemetry)) {
      assertThat(next.port()).isEqualTo(port);
    }
  }

  private static HttpEndpoint at(int port) {
    return new HttpEndpoint(
        "localhost",
        port,
        new HttpEndpoint.Keys("scorer.admin.host", "scorer.admin.port", "admin.http.token"),
        HttpAccess.OPEN);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
