package io.headwater.aggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.headwater.aggregator.window.SeriesKey;
import io.headwater.aggregator.window.WindowSize;
import io.headwater.avro.LabelCount;
import io.headwater.avro.SentimentWindow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClusterWindowsTest {
  private static final QueryLimits LIMITS = new QueryLimits(Duration.ofSeconds(20), 3);
  private static final WindowQuery ALL =
      new WindowQuery(WindowSize.SECOND, Optional.empty(), Optional.empty(), 0, 100_000);

  private final List<HttpServer> servers = new ArrayList<>();
  private final CountDownLatch done = new CountDownLatch(1);

  /** One instance with windows of its own. */
  private static final class Instance implements WindowCluster {
    private final List<SentimentWindow> windows = new ArrayList<>();
    private final List<URI> peers = new ArrayList<>();
    private Set<Integer> unassigned = Set.of();
    private boolean moving;

    @Override
    public URI self() {
      return URI.create("http://self:1");
    }

    @Override
    public List<URI> peers() {
      return peers;
    }

    @Override
    public Set<Integer> unassigned() {
      return unassigned;
    }

    @Override
    public void read(
        WindowSize size,
        Optional<SeriesKey> series,
        long from,
        long to,
        Consumer<SentimentWindow> found) {
      if (moving) {
        throw new NotServingException("is REBALANCING");
      }
      windows.forEach(found);
    }
  }

  private final Instance instance = new Instance();
  private final ClusterWindows windows = new ClusterWindows(instance, LIMITS, PeerAccess.OPEN);

  @AfterEach
  void stop() {
    done.countDown();
    servers.forEach(server -> server.stop(0));
  }

  private static SentimentWindow window(String source, long start, long count) {
    return new SentimentWindow(
        source,
        "en",
        Instant.ofEpochMilli(start),
        1_000L,
        count,
        List.of(new LabelCount("positive", count)),
        0.5);
  }

  private URI peer(int status, String body, boolean silent) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/api/windows",
        exchange -> {
          assertThat(exchange.getRequestURI().getQuery()).contains("local=true", "size=1s");
          if (silent) {
            try {
              done.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static String answer(String source, long start, long count) {
    return """
        {"complete":true,"missing":[],"truncated":false,"aFieldOfALaterVersion":1,"windows":[
        {"source":"%s","language":"en","start":"%s","sizeMs":1000,"count":%d,"labels":{"positive":%d},
        "meanPolarity":0.25}]}"""
        .formatted(source, Instant.ofEpochMilli(start), count, count);
  }

  @Test
  void bringsTheWindowsOfAllInstancesTogetherOldestFirst() throws IOException {
    instance.windows.add(window("a", 2_000, 5));
    instance.peers.add(peer(200, answer("b", 1_000, 7), false));

    WindowsAnswer answer = windows.everywhere(ALL);

    assertThat(answer.complete()).isTrue();
    assertThat(answer.windows()).extracting(WindowView::source).containsExactly("b", "a");
    assertThat(answer.windows().get(0).labels()).containsEntry("positive", 7L);
  }

  @Test
  void answersWithWhatIsThereAndSaysWhichInstanceIsMissing() throws IOException {
    instance.windows.add(window("a", 2_000, 5));
    URI silent = peer(200, "", true);
    URI broken = peer(500, "", false);
    URI strange = peer(200, "<html>", false);
    URI gone = URI.create("http://127.0.0.1:1");
    instance.peers.addAll(List.of(silent, broken, strange, gone));
    ClusterWindows hurried =
        new ClusterWindows(instance, new QueryLimits(Duration.ofSeconds(2), 3), PeerAccess.OPEN);
    long began = System.nanoTime();

    WindowsAnswer answer = hurried.everywhere(ALL);

    assertThat(answer.complete()).isFalse();
    assertThat(answer.windows()).hasSize(1);
    assertThat(answer.missing())
        .extracting(MissingInstance::instance)
        .containsExactly(silent.toString(), broken.toString(), strange.toString(), gone.toString());
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void saysThatItIsMissingItselfWhileItsStoresMove() throws IOException {
    instance.moving = true;
    instance.peers.add(peer(200, answer("b", 1_000, 7), false));

    WindowsAnswer answer = windows.everywhere(ALL);

    assertThat(answer.windows()).hasSize(1);
    assertThat(answer.missing())
        .containsExactly(new MissingInstance("http://self:1", "is REBALANCING"));
  }

  @Test
  void saysWhichPartitionsNobodyHolds() {
    instance.unassigned = Set.of(3);

    WindowsAnswer answer = windows.everywhere(ALL);

    assertThat(answer.complete()).isFalse();
    assertThat(answer.missing().get(0).instance()).isEqualTo("partitions [3]");
  }

  @Test
  void takesTheLaterStateOfAWindowThatTwoInstancesHave() throws IOException {
    instance.windows.add(window("a", 1_000, 5));
    instance.peers.add(peer(200, answer("a", 1_000, 7), false));

    assertThat(windows.everywhere(ALL).windows()).extracting(WindowView::count).containsExactly(7L);
  }

  @Test
  void keepsTheNewestWindowsWhenThereAreTooMany() {
    for (int i = 0; i < 5; i++) {
      instance.windows.add(window("a", i * 1_000L, i));
    }

    WindowsAnswer answer = windows.everywhere(ALL);

    assertThat(answer.truncated()).isTrue();
    assertThat(answer.windows()).extracting(WindowView::count).containsExactly(2L, 3L, 4L);
  }

  @Test
  void givesOnlyTheSourceAskedFor() {
    instance.windows.add(window("a", 1_000, 1));
    instance.windows.add(window("b", 1_000, 2));

    WindowsAnswer answer =
        windows.local(
            new WindowQuery(WindowSize.SECOND, Optional.of("b"), Optional.empty(), 0, 9_000));

    assertThat(answer.windows()).extracting(WindowView::source).containsExactly("b");
  }
}
