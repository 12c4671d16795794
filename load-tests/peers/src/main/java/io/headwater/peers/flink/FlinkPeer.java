package io.headwater.peers.flink;

import io.headwater.peers.contract.KafkaSettings;
import io.headwater.peers.contract.Peer;
import io.headwater.peers.contract.PeerSettings;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Apache Flink in its local cluster, in this process: Kafka source, model, Kafka sink, all chained,
 * with object reuse, so that nothing is serialised in between. Checkpoints every ten seconds; the
 * sink writes at least once, which shows answers at once rather than at the next checkpoint.
 *
 * <p>In a map there are as many tasks as the model may use threads, each with a session of its own
 * and a share of the partitions. With asynchronous I/O there is one task, whose pool has that many
 * threads over one session; answers leave in the order in which they are done.
 */
public final class FlinkPeer implements Peer {
  private static final Duration CHECKPOINTS = Duration.ofSeconds(10);
  private static final long LONGEST_WAIT_SECONDS = 60;

  /** Requests that wait for each thread of the pool, besides the one it is at. */
  private static final int QUEUE = 4;

  private final PeerSettings settings;
  private final boolean async;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private FlinkPeer(PeerSettings settings, boolean async) {
    this.settings = settings;
    this.async = async;
  }

  /** The model in a map. */
  public static Peer inMap(PeerSettings settings) {
    return new FlinkPeer(settings, false);
  }

  /** The model behind asynchronous I/O. */
  public static Peer inAsync(PeerSettings settings) {
    return new FlinkPeer(settings, true);
  }

  @Override
  public void run(Runnable ready) throws Exception {
    int parallelism = async ? 1 : settings.threads();
    OpenedTasks tasks = OpenedTasks.expect(parallelism);
    Configuration configuration = new Configuration();
    // What fails here is to be seen, not tried again for ever.
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    environment.enableCheckpointing(CHECKPOINTS.toMillis());
    environment.getConfig().enableObjectReuse();
    DataStream<Incoming> messages =
        environment.fromSource(source(), WatermarkStrategy.noWatermarks(), "messages");
    answers(messages).sinkTo(sink());
    JobClient job = environment.executeAsync("peer");
    CompletableFuture<?> over =
        job.getJobExecutionResult().whenComplete((result, failure) -> tasks.giveUp());
    tasks.await();
    if (!over.isDone()) {
      ready.run();
    }
    try {
      CompletableFuture.anyOf(end, over).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Flink failed: " + e.getCause(), e.getCause());
    }
    job.cancel().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    awaitEnd(job);
  }

  private static void awaitEnd(JobClient job) throws Exception {
    try {
      job.getJobExecutionResult().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // A cancelled job has no result: this is its end.
    }
  }

  @Override
  public void stop() {
    end.complete(null);
  }

  private SingleOutputStreamOperator<Outgoing> answers(DataStream<Incoming> messages) {
    if (!async) {
      return messages.map(new SentimentMap(settings.model()));
    }
    return AsyncDataStream.unorderedWait(
        messages,
        new SentimentAsync(settings.model(), settings.threads()),
        LONGEST_WAIT_SECONDS,
        TimeUnit.SECONDS,
        (1 + QUEUE) * settings.threads());
  }

  private KafkaSource<Incoming> source() {
    return KafkaSource.<Incoming>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setTopics(settings.input())
        .setGroupId(KafkaSettings.freshGroup(async ? "flink-async" : "flink-map"))
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new MessageSchema(settings.registryUrl()))
        .build();
  }

  private KafkaSink<Outgoing> sink() {
    Properties properties = new Properties();
    properties.putAll(KafkaSettings.PRODUCER);
    return KafkaSink.<Outgoing>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setRecordSerializer(new AnswerSchema(settings.output()))
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }
}
