package io.headwater.trainer.data;

import io.headwater.models.FileDigest;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SegmentCutter;
import io.headwater.trainer.graph.PooledState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Features of texts, kept on disk, because an encoder takes half an hour over all training texts.
 * They are kept in chunks, so an interrupted run goes on where it stopped. The name of a chunk
 * comes from everything its content depends on.
 */
public final class FeatureStore implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FeatureStore.class);
  private static final int CHUNK = 2048;

  /** Longest text that an encoder of the BERT family reads, special tokens included. */
  private static final int MAX_TOKENS = 512;

  private final EncoderFiles encoder;
  private final List<PooledState> pooled;
  private final Path folder;
  private final String encoderDigest;
  private final PackageTokenizer tokenizer;
  private final SegmentCutter cutter;
  private @Nullable FeatureExtractor extractor;

  /**
   * A store over an encoder.
   *
   * @param folder where the chunks are kept
   * @throws IOException if the encoder cannot be read
   */
  public FeatureStore(EncoderFiles encoder, List<PooledState> pooled, Path folder)
      throws IOException {
    this.encoder = encoder;
    this.pooled = List.copyOf(pooled);
    this.folder = Files.createDirectories(folder);
    this.encoderDigest = FileDigest.sha256(encoder.graph());
    this.tokenizer = PackageTokenizer.open(encoder.tokenizer(), MAX_TOKENS, "");
    this.cutter = tokenizer.segmentCutter(0);
  }

  /**
   * The features of a set, from disk where they are there.
   *
   * @throws IOException if a chunk cannot be read or written
   */
  public Features of(LabelledTexts texts) throws IOException {
    float[][] rows = new float[texts.size()][];
    for (int from = 0; from < rows.length; from += CHUNK) {
      int to = Math.min(rows.length, from + CHUNK);
      float[][] chunk = chunk(texts.texts().subList(from, to));
      System.arraycopy(chunk, 0, rows, from, chunk.length);
      log.info("features set={} done={} of={}", texts.name(), to, rows.length);
    }
    return new Features(texts, rows);
  }

  private float[][] chunk(List<String> texts) throws IOException {
    List<int[]> ids = new ArrayList<>();
    StringBuilder content = new StringBuilder(encoderDigest).append(pooled);
    for (String text : texts) {
      // The texts that heads are trained on are sentences: one segment is nearly always all.
      int[] segment = cutter.first(tokenizer.encode(text)).ids();
      ids.add(segment);
      content.append(Arrays.toString(segment));
    }
    String key =
        UUID.nameUUIDFromBytes(content.toString().getBytes(StandardCharsets.UTF_8)).toString();
    Path file = folder.resolve(key + ".f32");
    if (Files.exists(file)) {
      return decode(Files.readAllBytes(file), texts.size());
    }
    float[][] rows = extractor().extract(ids);
    Path unfinished = folder.resolve(key + ".unfinished");
    Files.write(unfinished, encode(rows));
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return rows;
  }

  private FeatureExtractor extractor() throws IOException {
    if (extractor == null) {
      extractor = FeatureExtractor.open(encoder.graph(), pooled, folder);
    }
    return extractor;
  }

  private static byte[] encode(float[][] rows) {
    ByteBuffer bytes =
        ByteBuffer.allocate(rows.length * rows[0].length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float value : row) {
        bytes.putFloat(value);
      }
    }
    return bytes.array();
  }

  private static float[][] decode(byte[] bytes, int count) {
    int width = bytes.length / Float.BYTES / count;
    float[][] rows = new float[count][width];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      buffer.asFloatBuffer().get(row);
      buffer.position(buffer.position() + width * Float.BYTES);
    }
    return rows;
  }

  @Override
  public void close() {
    if (extractor != null) {
      extractor.close();
    }
    tokenizer.close();
  }
}
