package io.headwater.faults.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out loopback ports that nobody listens on, each once. Below the range of outgoing
 * connections, so that a port is still free when its process is started again.
 */
public final class FreePorts {
  private static final int FIRST = 12_000;
  private static final int LAST = 20_000;
  private static final Set<Integer> GIVEN = new HashSet<>();

  private FreePorts() {}

  /** A port of its own for whoever asks. */
  public static synchronized int next() {
    while (true) {
      int candidate = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (!GIVEN.contains(candidate) && isFree(candidate)) {
        GIVEN.add(candidate);
        return candidate;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
