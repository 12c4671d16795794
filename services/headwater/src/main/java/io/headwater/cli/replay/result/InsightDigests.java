package io.headwater.cli.replay.result;

import io.headwater.avro.Insight;
import io.headwater.avro.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 digests of an insight's record. One over its bytes, and one over what it says, which is
 * the same wherever the message stood.
 */
public final class InsightDigests {
  /** Magic byte and schema id: the id may differ between subjects and registries. */
  private static final int WIRE_HEADER = 5;

  private static final Origin NOWHERE = new Origin("", 0, 0L);

  private InsightDigests() {}

  /** Of key and value as they are in Kafka, without the wire format's header. */
  public static byte[] ofBytes(byte @Nullable [] key, byte[] value) {
    MessageDigest sha = sha256(key);
    int header = Math.min(WIRE_HEADER, value.length);
    sha.update(value, header, value.length - header);
    return sha.digest();
  }

  /**
   * Of key and content: without the origins, without an id that was made from one, and with the
   * attributes in the order of their names.
   */
  public static byte[] ofContent(byte @Nullable [] key, Insight insight) {
    MessageDigest sha = sha256(key);
    sha.update(canonical(insight));
    return sha.digest();
  }

  private static byte[] canonical(Insight insight) {
    Insight copy = Insight.newBuilder(insight).build();
    boolean named = !copy.getMessage().getId().isBlank();
    copy.setOrigin(NOWHERE);
    copy.setMessageId(named ? copy.getMessageId() : "");
    copy.getMessage().setAttributes(new TreeMap<>(copy.getMessage().getAttributes()));
    if (copy.getSentiment() != null) {
      copy.getSentiment().setOrigin(NOWHERE);
      copy.getSentiment().setMessageId(named ? copy.getSentiment().getMessageId() : "");
    }
    if (copy.getTranslation() != null) {
      copy.getTranslation().setOrigin(NOWHERE);
      copy.getTranslation().setMessageId(named ? copy.getTranslation().getMessageId() : "");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new SpecificDatumWriter<>(Insight.class).write(copy, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** A digest that has taken the key, with its length, so that no byte can change sides. */
  private static MessageDigest sha256(byte @Nullable [] key) {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, key == null ? -1 : key.length));
    if (key != null) {
      sha.update(key);
    }
    return sha;
  }
}
