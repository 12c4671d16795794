package io.headwater.models.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a Linux machine has of what ONNX Runtime's CUDA build needs, found out without loading any
 * of it: the runtime itself says only that its library cannot be loaded.
 */
final class CudaMachine {
  /** Versions that ONNX Runtime 1.28.0 is built for; to be looked at when that changes. */
  static final String NEEDS = "ONNX Runtime 1.28.0 needs CUDA 12 and cuDNN 9";

  private static final String DRIVER = "libcuda.so.1";

  /** What its CUDA library is linked to, as {@code readelf -d} shows. */
  private static final List<String> CUDA =
      List.of("libcudart.so.12", "libcublas.so.12", "libcublasLt.so.12", "libcurand.so.10");

  /** Not linked, but opened by it. */
  private static final String CUDNN = "libcudnn.so.9";

  private static final List<String> LOADER_FOLDERS =
      List.of(
          "lib64",
          "usr/lib64",
          "lib/x86_64-linux-gnu",
          "usr/lib/x86_64-linux-gnu",
          "lib/aarch64-linux-gnu",
          "usr/lib/aarch64-linux-gnu");

  private final Path root;
  private final Map<String, String> environment;

  /**
   * A machine by its files.
   *
   * @param root {@code /}, or a test's
   * @param environment variables of this process
   */
  CudaMachine(Path root, Map<String, String> environment) {
    this.root = Objects.requireNonNull(root, "root");
    this.environment = Map.copyOf(environment);
  }

  /** This machine; empty where it is no Linux, about which nothing is known. */
  static Optional<CudaMachine> here() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")
        ? Optional.of(new CudaMachine(Path.of("/"), System.getenv()))
        : Optional.empty();
  }

  /**
   * Why nothing can run on a GPU here; empty where nothing is known to be missing.
   *
   * @param device index of the GPU
   */
  Optional<String> complaint(int device) {
    return noDevice()
        .or(this::noDriver)
        .or(this::noLibraries)
        .or(this::hidden)
        .or(() -> noSuchDevice(device));
  }

  private Optional<String> noDevice() {
    return exists("dev/nvidiactl") || isWindowsBelow()
        ? Optional.empty()
        : Optional.of(
            "there is no NVIDIA device here (/dev/nvidiactl is missing): install the driver, and"
                + " give a container its GPUs (docker run --gpus all, in Kubernetes the limit"
                + " nvidia.com/gpu)");
  }

  private Optional<String> noDriver() {
    return isFound(DRIVER)
        ? Optional.empty()
        : Optional.of(
            "the NVIDIA driver's "
                + DRIVER
                + " is missing: a container gets it from the NVIDIA Container Toolkit, where"
                + " NVIDIA_DRIVER_CAPABILITIES has compute");
  }

  private Optional<String> noLibraries() {
    List<String> missing = new ArrayList<>(CUDA);
    missing.add(CUDNN);
    missing.removeIf(this::isFound);
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s %s missing: %s; the scorer's -cuda image has them"
                .formatted(String.join(", ", missing), missing.size() == 1 ? "is" : "are", NEEDS));
  }

  private Optional<String> hidden() {
    String visible = environment.get("CUDA_VISIBLE_DEVICES");
    return visible != null && (visible.isBlank() || visible.strip().equals("-1"))
        ? Optional.of("CUDA_VISIBLE_DEVICES hides all GPUs from this process")
        : Optional.empty();
  }

  private Optional<String> noSuchDevice(int device) {
    if (isWindowsBelow()) {
      return Optional.empty();
    }
    long devices = devices();
    return device < devices
        ? Optional.empty()
        : Optional.of(
            "there is no GPU %d: this machine shows %d, counted from 0".formatted(device, devices));
  }

  private long devices() {
    try (Stream<Path> nodes = Files.list(root.resolve("dev"))) {
      return nodes
          .filter(node -> String.valueOf(node.getFileName()).matches("nvidia[0-9]+"))
          .count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Under WSL the GPU is reached through Windows. */
  private boolean isWindowsBelow() {
    return exists("dev/dxg");
  }

  private boolean exists(String path) {
    return Files.exists(root.resolve(path));
  }

  private boolean isFound(String library) {
    String path = environment.getOrDefault("LD_LIBRARY_PATH", "");
    for (String folder : path.split(":")) {
      if (!folder.isBlank() && exists(folder.replaceFirst("^/+", "") + "/" + library)) {
        return true;
      }
    }
    return LOADER_FOLDERS.stream().anyMatch(folder -> exists(folder + "/" + library))
        || isInLoadersCache(library);
  }

  /** The loader's cache is a table of names, each ended by a zero byte. */
  private boolean isInLoadersCache(String library) {
    try {
      String cache = Files.readString(root.resolve("etc/ld.so.cache"), StandardCharsets.ISO_8859_1);
      return cache.contains("/" + library + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * What a failure on a GPU means.
   *
   * @param message as the runtime says it, in one line
   * @return the message, with what to do where that is known
   */
  static String explained(String message, int device) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("invalid device ordinal")) {
      return "there is no GPU %d (%s)".formatted(device, message);
    }
    if (lower.contains("driver version is insufficient")) {
      return "the NVIDIA driver is too old for CUDA 12 (%s)".formatted(message);
    }
    if (lower.contains("no cuda-capable device")) {
      return "the driver shows no usable GPU (%s)".formatted(message);
    }
    if (lower.contains("out of memory")) {
      return "the GPU has too little free memory (%s)".formatted(message);
    }
    if (lower.contains("cudnn") || lower.contains("libcu") || lower.contains("providers_cuda")) {
      return "%s; %s".formatted(message, NEEDS);
    }
    return message;
  }
}
