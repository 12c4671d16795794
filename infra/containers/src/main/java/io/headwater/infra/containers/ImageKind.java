package io.headwater.infra.containers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The images, and what sets each apart. */
enum ImageKind {
  /** Detects languages and cuts texts: mostly heap. */
  TOKENIZER(9101, 50, true),
  /** ONNX Runtime keeps weights and results outside the heap. */
  SCORER(9102, 25, true),
  /** RocksDB, and as much again for what it writes in the background, are outside the heap. */
  AGGREGATOR(9103, 40, false),
  /** Only heap, and buffers of sockets. */
  GATEWAY(9104, 50, false),
  /** The command line. */
  CLI(0, 50, true);

  /** Modules that every image has; the other modules of ours bring nothing but themselves. */
  private static final List<String> COMMON = List.of("headwater-schemas", "headwater-runtime");

  /** The settings of all services are checked in each, and a language by Unicode's list. */
  static final String CHECKS_LANGUAGES = "icu4j";

  private final int adminPort;
  private final int heapPercent;
  private final boolean needsModels;

  ImageKind(int adminPort, int heapPercent, boolean needsModels) {
    this.adminPort = adminPort;
    this.heapPercent = heapPercent;
    this.needsModels = needsModels;
  }

  static ImageKind of(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.lower().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no image %s; there are %s"
                        .formatted(name, Arrays.stream(values()).map(ImageKind::lower).toList())));
  }

  String lower() {
    return name().toLowerCase(Locale.ROOT);
  }

  int adminPort() {
    return adminPort;
  }

  /** Share of the container's memory that the heap may take. */
  int heapPercent() {
    return heapPercent;
  }

  boolean needsModels() {
    return needsModels;
  }

  boolean isService() {
    return this != CLI;
  }

  /** Modules whose libraries come along. */
  List<String> modules() {
    if (!isService()) {
      // All services, for one machine; neither the trainer's PyTorch nor a broker.
      return concat(
          COMMON,
          List.of(
              "headwater-tokenizer",
              "headwater-scorer",
              "headwater-aggregator",
              "headwater-gateway"));
    }
    return concat(COMMON, List.of("headwater-" + lower()));
  }

  private static List<String> concat(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
