package io.headwater.cli.check;

import io.headwater.cli.river.LocalSettings;
import io.headwater.runtime.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Java, memory and the ports that {@code demo} and {@code up} take. */
final class MachineChecks {
  private static final int OLDEST_JAVA = 17;
  private static final long MIB = 1024 * 1024;

  private MachineChecks() {}

  static void run(Settings settings, List<Finding> findings) {
    int version = Runtime.version().feature();
    findings.add(
        version >= OLDEST_JAVA
            ? Finding.ok("java", Runtime.version() + ", " + System.getProperty("java.home"))
            : Finding.bad("java", version + " is too old: set JAVA_HOME to a JDK 17 or newer"));
    long heap = Runtime.getRuntime().maxMemory() / MIB;
    findings.add(
        heap >= 512
            ? Finding.ok("memory", "%d MiB of heap, %d processors".formatted(heap, processors()))
            : Finding.bad(
                "memory", "%d MiB of heap: set HEADWATER_OPTS=-Xmx1g or more".formatted(heap)));
    List<String> taken = new ArrayList<>();
    for (String key : LocalSettings.PORTS) {
      int port = settings.integer(key);
      if (port != 0 && isTaken(port)) {
        taken.add("%d (%s)".formatted(port, key));
      }
    }
    findings.add(
        taken.isEmpty()
            ? Finding.ok("ports", "all free that demo and up want")
            : Finding.note(
                "ports",
                "taken: %s; for demo and up stop what listens there, set other ports, or use demo --any-ports"
                    .formatted(String.join(", ", taken))));
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return !socket.isBound();
    } catch (IOException e) {
      return true;
    }
  }
}
