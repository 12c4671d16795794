package io.headwater.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro binary and believes no length that the bytes at hand cannot hold. Avro's own decoder
 * makes room for what is declared, up to gigabytes, before it looks; its limits are system
 * properties that count only where nothing of Avro ran before. For one thread.
 *
 * <p>An item of an array or a map is taken to have at least one byte, so all items together are no
 * more than the bytes. Only items of type null or of a record without fields have none. No schema
 * of ours has such; lists of lists of them, in a field that a newer schema adds, would keep a
 * thread busy for hours.
 */
final class BoundedDecoder extends Decoder {
  private static final int SHORT_TEXT = 1_024;

  private final byte[] shortText = new byte[SHORT_TEXT];
  private BinaryDecoder in = DecoderFactory.get().binaryDecoder(new byte[0], null);
  private int itemsLeft;

  /** Begins anew, at {@code offset} of {@code bytes}. */
  BoundedDecoder over(byte[] bytes, int offset) {
    in = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, in);
    itemsLeft = bytes.length - offset;
    return this;
  }

  boolean isEnd() throws IOException {
    return in.isEnd();
  }

  @Override
  public String readString() throws IOException {
    int length = length();
    byte[] text = length <= SHORT_TEXT ? shortText : new byte[length];
    in.readFixed(text, 0, length);
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public Utf8 readString(@Nullable Utf8 unused) throws IOException {
    return new Utf8(readAll());
  }

  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer unused) throws IOException {
    return ByteBuffer.wrap(readAll());
  }

  @Override
  public long readArrayStart() throws IOException {
    return items(in.readArrayStart());
  }

  @Override
  public long arrayNext() throws IOException {
    return items(in.arrayNext());
  }

  @Override
  public long skipArray() throws IOException {
    return items(in.skipArray());
  }

  @Override
  public long readMapStart() throws IOException {
    return items(in.readMapStart());
  }

  @Override
  public long mapNext() throws IOException {
    return items(in.mapNext());
  }

  @Override
  public long skipMap() throws IOException {
    return items(in.skipMap());
  }

  @Override
  public void readNull() throws IOException {
    in.readNull();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return in.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return in.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return in.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return in.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return in.readDouble();
  }

  @Override
  public int readEnum() throws IOException {
    return in.readEnum();
  }

  @Override
  public int readIndex() throws IOException {
    return in.readIndex();
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    in.readFixed(bytes, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    in.skipFixed(length);
  }

  @Override
  public void skipString() throws IOException {
    in.skipFixed(length());
  }

  @Override
  public void skipBytes() throws IOException {
    in.skipFixed(length());
  }

  private byte[] readAll() throws IOException {
    byte[] bytes = new byte[length()];
    in.readFixed(bytes, 0, bytes.length);
    return bytes;
  }

  private int length() throws IOException {
    return (int) bounded(in.readLong());
  }

  private long items(long declared) throws IOException {
    itemsLeft -= (int) bounded(declared);
    if (itemsLeft < 0) {
      throw new EOFException("More items are declared than there are bytes");
    }
    return declared;
  }

  private long bounded(long declared) throws IOException {
    int left = in.inputStream().available();
    if (declared < 0 || declared > left) {
      throw new EOFException("%d declared, %d bytes left".formatted(declared, left));
    }
    return declared;
  }
}
