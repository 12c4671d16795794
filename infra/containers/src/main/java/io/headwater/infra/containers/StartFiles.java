package io.headwater.infra.containers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The argument files of {@code java}: what an image runs, written down where it can be read. They
 * hold the main class too, so that no image needs a shell.
 */
record StartFiles(ImageKind image, Set<String> jars, Set<String> natives) {
  static final String HOME = "/opt/headwater";
  private static final String NATIVE = HOME + "/native";
  private static final String ARCHIVE = HOME + "/classes.jsa";
  private static final String MAIN = "io.headwater.cli.Main";

  /** Runs the service, or the command line. */
  List<String> start() {
    List<String> lines = new ArrayList<>();
    lines.add("-XX:SharedArchiveFile=" + ARCHIVE);
    lines.add("-Xshare:auto");
    lines.addAll(common());
    lines.add(MAIN);
    if (image.isService()) {
      lines.add("run");
      lines.add(image.lower());
    }
    return lines;
  }

  /** Goes through a start without a Kafka, and leaves the classes that it needs in the archive. */
  List<String> archive() {
    List<String> lines = new ArrayList<>();
    lines.add("-XX:ArchiveClassesAtExit=" + ARCHIVE);
    // Says of hundreds of classes why they are left out, such as signed ones.
    lines.add("-Xlog:cds=error,cds+dynamic=error");
    lines.addAll(common());
    lines.add("io.headwater.cli.river.RehearsalMain");
    if (image.isService()) {
      lines.add(image.lower());
    }
    return lines;
  }

  /** Asks the service whether it is ready; a JVM of a few megabytes. */
  List<String> health() {
    return List.of(
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx16m",
        "-Xss512k",
        "-cp",
        HOME
            + "/lib/"
            + jars.stream()
                .filter(jar -> jar.startsWith("headwater-runtime-"))
                .findFirst()
                .orElseThrow(),
        "io.headwater.runtime.http.HealthCheckMain",
        image.lower(),
        Integer.toString(image.adminPort()));
  }

  private List<String> common() {
    List<String> lines = new ArrayList<>();
    lines.add("-XX:MaxRAMPercentage=" + image.heapPercent());
    lines.add("-XX:+ExitOnOutOfMemoryError");
    // Sockets' buffers stay with each thread for good: only small ones may.
    lines.add("-Djdk.nio.maxCachedBufferSize=262144");
    lines.add("--enable-native-access=ALL-UNNAMED");
    lines.add("-Djava.io.tmpdir=/tmp");
    lines.add("-Duser.home=/tmp");
    lines.add("-Dheadwater.home=" + HOME);
    lines.add("-Dheadwater.log.file=/tmp/headwater.log");
    lines.add("-Djava.library.path=" + NATIVE);
    lines.add("-Donnxruntime.native.path=" + NATIVE);
    lines.add("-DRUST_LIBRARY_PATH=" + NATIVE + "/libtokenizers.so");
    lines.add("-Dorg.xerial.snappy.lib.path=" + NATIVE);
    natives.stream()
        .filter(library -> library.startsWith("libzstd-jni"))
        .forEach(library -> lines.add("-DZstdNativePath=" + NATIVE + "/" + library));
    lines.add("-cp");
    // In a fixed order: the archive holds only for the class path it was made with.
    lines.add(String.join(":", jars.stream().map(jar -> HOME + "/lib/" + jar).toList()));
    return lines;
  }
}
