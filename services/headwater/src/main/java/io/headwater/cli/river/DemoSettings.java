package io.headwater.cli.river;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a demo sets differently: its own throw-away folder, and free ports when asked for. */
final class DemoSettings {
  private DemoSettings() {}

  static Map<String, String> overrides(boolean anyPorts, Path data) {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("state.directory", data.resolve("state").toString());
    if (anyPorts) {
      LocalSettings.PORTS.forEach(key -> overrides.put(key, Integer.toString(free())));
    }
    return overrides;
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port", e);
    }
  }
}
