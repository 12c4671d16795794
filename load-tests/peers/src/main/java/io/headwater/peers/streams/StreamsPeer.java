package io.headwater.peers.streams;

import ai.onnxruntime.OrtException;
import io.headwater.avro.Message;
import io.headwater.peers.contract.KafkaSettings;
import io.headwater.peers.contract.Messages;
import io.headwater.peers.contract.Peer;
import io.headwater.peers.contract.PeerSettings;
import io.headwater.peers.model.Answers;
import io.headwater.peers.model.PackageFolder;
import io.headwater.peers.model.SentimentModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The textbook way: Kafka Streams, exactly once, the model in a {@code mapValues}.
 *
 * <p>As many stream threads as the model may use, each with one record at a time, over one session
 * that they share, whose runs have one thread each. Commits every 200 ms: the default of 100 ms
 * costs the broker more and gains latency alone.
 */
public final class StreamsPeer implements Peer {
  private static final int COMMIT_MILLIS = 200;

  /** A stream thread looks for its end only between polls; the default of Kafka Streams is 1000. */
  private static final int RECORDS_A_POLL = 100;

  private final PeerSettings settings;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /** A peer that has not begun. */
  public StreamsPeer(PeerSettings settings) {
    this.settings = settings;
  }

  @Override
  public void run(Runnable ready) throws Exception {
    PackageFolder folder = PackageFolder.read(settings.model());
    try (SentimentModel model = SentimentModel.open(folder);
        KafkaStreams streams =
            new KafkaStreams(topology(model, new Answers(folder.labels())), properties())) {
      CountDownLatch running = new CountDownLatch(1);
      streams.setStateListener(
          (now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
              running.countDown();
            }
          });
      streams.setUncaughtExceptionHandler(
          failure -> {
            end.completeExceptionally(failure);
            running.countDown();
            return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      streams.start();
      running.await();
      ready.run();
      end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka Streams failed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void stop() {
    end.complete(null);
  }

  private Topology topology(SentimentModel model, Answers answers) {
    Serde<Message> messages =
        Serdes.serdeFrom(
            (topic, message) -> {
              throw new UnsupportedOperationException("messages are only read");
            },
            Messages.deserializer(settings.registryUrl()));
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(settings.input(), Consumed.with(Serdes.ByteArray(), messages))
        .mapValues(message -> answers.json(message.getId(), score(model, message)))
        .to(settings.output(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    return builder.build();
  }

  private static float[] score(SentimentModel model, Message message) {
    try {
      return model.probabilities(message.getText());
    } catch (OrtException e) {
      throw new IllegalStateException("the graph failed: " + e.getMessage(), e);
    }
  }

  private Properties properties() throws IOException {
    Path state = Files.createTempDirectory("peer-streams");
    state.toFile().deleteOnExit();
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, KafkaSettings.freshGroup("streams"));
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    properties.put(StreamsConfig.consumerPrefix("max.poll.records"), RECORDS_A_POLL);
    properties.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
    return properties;
  }
}
