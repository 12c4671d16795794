package io.headwater.infra.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A TCP port on the loopback address, named after the setting that chooses it. */
record LocalPort(String setting, int number) {
  static final String HOST = "127.0.0.1";

  private static final byte[] ADDRESS = {127, 0, 0, 1};

  /*
   * Below the range that systems give to outgoing connections. A port from that range may be taken
   * by any client in the seconds between our look and the server's bind.
   */
  private static final int FIRST_FREE_CANDIDATE = 20_000;
  private static final int LAST_FREE_CANDIDATE = 32_000;

  private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

  LocalPort {
    requireValid(setting, number);
  }

  /** Throws {@link IllegalArgumentException} unless the number is 0 (any free port) or a port. */
  static void requireValid(String setting, int number) {
    if (number < 0 || number > 65_535) {
      throw new IllegalArgumentException(
          setting + " is " + number + ", but a port is 0 (any free port) to 65535");
    }
  }

  /**
   * A port that nobody listens on now: the wanted one, or any if 0 is wanted.
   *
   * @throws LocalInfraException if the wanted port is taken
   */
  static LocalPort claim(String setting, int wanted) {
    requireValid(setting, wanted);
    if (wanted == 0) {
      return new LocalPort(setting, anyFree());
    }
    LocalPort port = new LocalPort(setting, wanted);
    if (!isFree(wanted)) {
      throw port.taken();
    }
    return port;
  }

  LocalInfraException taken() {
    return new LocalInfraException(
        "Port "
            + number
            + " is already in use: stop the program that listens on it, or choose another port"
            + " with the setting "
            + setting
            + " (0 takes any free port)");
  }

  static boolean isFree(int number) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: a port that only waits for its old connections to fade counts as free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), number));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int anyFree() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int candidate =
          ThreadLocalRandom.current().nextInt(FIRST_FREE_CANDIDATE, LAST_FREE_CANDIDATE);
      if (isFree(candidate) && HANDED_OUT.add(candidate)) {
        return candidate;
      }
    }
    throw new LocalInfraException(
        "No free port between " + FIRST_FREE_CANDIDATE + " and " + LAST_FREE_CANDIDATE);
  }
}
