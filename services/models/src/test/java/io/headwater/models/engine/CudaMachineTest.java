package io.headwater.models.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaMachineTest {
  private static final String[] LIBRARIES = {
    "libcudart.so.12", "libcublas.so.12", "libcublasLt.so.12", "libcurand.so.10", "libcudnn.so.9"
  };

  @TempDir Path root;

  @Test
  void aMachineWithoutDriverIsToldHowAContainerGetsItsGpus() {
    assertThat(complaint(0)).contains("/dev/nvidiactl").contains("--gpus all").doesNotContain("\n");
  }

  @Test
  void aContainerWithoutTheDriversLibraryIsToldWhoMountsIt() throws IOException {
    make("dev/nvidiactl");

    assertThat(complaint(0)).contains("libcuda.so.1").contains("NVIDIA_DRIVER_CAPABILITIES");
  }

  @Test
  void everyMissingLibraryIsNamedWithTheVersionsThatAreNeeded() throws IOException {
    make("dev/nvidiactl", "dev/nvidia0", "usr/lib/x86_64-linux-gnu/libcuda.so.1");
    make("usr/lib/x86_64-linux-gnu/libcudart.so.12", "usr/lib/x86_64-linux-gnu/libcurand.so.10");

    assertThat(complaint(0))
        .startsWith("libcublas.so.12, libcublasLt.so.12, libcudnn.so.9 are missing")
        .contains("CUDA 12 and cuDNN 9");
  }

  @Test
  void anotherVersionOfCudaIsNotTheRightOne() throws IOException {
    aWholeMachine();
    Files.delete(root.resolve("usr/lib/x86_64-linux-gnu/libcudart.so.12"));
    make("usr/lib/x86_64-linux-gnu/libcudart.so.13");

    assertThat(complaint(0)).startsWith("libcudart.so.12 is missing");
  }

  @Test
  void aDeviceThatIsNotThereIsNamedWithHowManyThereAre() throws IOException {
    aWholeMachine();

    assertThat(complaint(1)).isEqualTo("there is no GPU 1: this machine shows 1, counted from 0");
  }

  @Test
  void devicesThatAreHiddenAreNotThere() throws IOException {
    aWholeMachine();

    assertThat(new CudaMachine(root, Map.of("CUDA_VISIBLE_DEVICES", "")).complaint(0).orElse(""))
        .contains("CUDA_VISIBLE_DEVICES");
  }

  @Test
  void aMachineThatHasAllIsNotComplainedOf() throws IOException {
    aWholeMachine();

    assertThat(complaint(0)).isEmpty();
  }

  @Test
  void librariesAreFoundOnTheLoadersPathAndInItsCache() throws IOException {
    make("dev/nvidiactl", "dev/nvidia0");
    for (String library : LIBRARIES) {
      make("opt/cuda/lib64/" + library);
    }
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(
        root.resolve("etc/ld.so.cache"),
        "glibc-ld.so.cache1.1\0libcuda.so.1\0/usr/lib/libcuda.so.1\0",
        StandardCharsets.ISO_8859_1);

    assertThat(
            new CudaMachine(root, Map.of("LD_LIBRARY_PATH", "/nowhere:/opt/cuda/lib64"))
                .complaint(0))
        .isEmpty();
  }

  @Test
  void whatTheRuntimeSaysIsPutInWordsThatHelp() {
    assertThat(CudaMachine.explained("CUDA failure 101: invalid device ordinal", 3))
        .startsWith("there is no GPU 3");
    assertThat(CudaMachine.explained("CUDA driver version is insufficient for runtime", 0))
        .contains("too old");
    assertThat(CudaMachine.explained("cuDNN library was not found", 0)).contains("cuDNN 9");
    assertThat(CudaMachine.explained("something else", 0)).isEqualTo("something else");
  }

  private String complaint(int device) {
    return new CudaMachine(root, Map.of()).complaint(device).orElse("");
  }

  private void aWholeMachine() throws IOException {
    make("dev/nvidiactl", "dev/nvidia0", "usr/lib/x86_64-linux-gnu/libcuda.so.1");
    for (String library : LIBRARIES) {
      make("usr/lib/x86_64-linux-gnu/" + library);
    }
  }

  private void make(String... files) throws IOException {
    for (String file : files) {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.createFile(path);
    }
  }
}
