package io.headwater.gateway.http;

import io.headwater.gateway.ingest.Inflight;
import io.headwater.runtime.http.Problem;
import io.headwater.runtime.http.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a request's body without ever holding more of it than the limit and the in-flight bounds
 * allow: bytes are reserved before they are read.
 */
final class BodyReader {
  private static final int CHUNK_BYTES = 64 * 1024;

  /** Most clients read the answer only when they have sent all: read on this many limits long. */
  private static final int DRAINED_LIMITS = 4;

  private final int maxBodyBytes;

  BodyReader(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * Reads the body.
   *
   * @throws RefusedException when it is too large, or there is no room for it now
   */
  byte[] read(HttpServletRequest request, Inflight.Reservation room) throws IOException {
    long announced = request.getContentLengthLong();
    InputStream body = request.getInputStream();
    if (announced > maxBodyBytes) {
      if (request.getHeader("Expect") == null) {
        drain(body);
      }
      throw new RefusedException(tooLarge());
    }
    boolean known = announced >= 0;
    if (known) {
      reserve(room, announced);
    }
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(known ? Math.toIntExact(announced) : CHUNK_BYTES);
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
      if (bytes.size() + (long) read > maxBodyBytes) {
        drain(body);
        throw new RefusedException(tooLarge());
      }
      if (!known) {
        reserve(room, read);
      }
      bytes.write(chunk, 0, read);
    }
    return bytes.toByteArray();
  }

  private static void reserve(Inflight.Reservation room, long bytes) {
    if (!room.add(0, bytes)) {
      throw new RefusedException(Problems.busy());
    }
  }

  private void drain(InputStream body) throws IOException {
    body.skip(DRAINED_LIMITS * (long) maxBodyBytes);
  }

  private Problem tooLarge() {
    return Problem.of(
        413,
        Problems.TOO_LARGE,
        "The body is larger than %d bytes; send the messages in several requests"
            .formatted(maxBodyBytes));
  }
}
