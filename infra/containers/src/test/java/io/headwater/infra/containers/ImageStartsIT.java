package io.headwater.infra.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.infra.containers.ContainerRiver.Ended;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** How the images start, and how they refuse to: no river is needed. */
@Tag("containers")
class ImageStartsIT {
  @BeforeAll
  static void build() throws IOException, InterruptedException {
    DockerEngine.requireImages();
  }

  @Test
  void aSettingThatIsWrongIsOneLineAndExitCode2() {
    Ended ended = ended(closed("scorer", 1_024).withEnv("HEADWATER_SCORER_BATCH_TOKENS", "many"));

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output().strip().lines()).singleElement().asString().contains("many");
  }

  @Test
  void aLimitThatCannotHoldTheModelIsOneLineAndExitCode3() {
    Ended ended = ended(closed("scorer", 300));

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(refusal(ended))
        .contains("has 300 MiB of memory, and needs at least")
        .contains("model sentiment-e5-small-v2-int8@1.3.0")
        .contains("raise the container's limit");
  }

  @Test
  void aGpuThatTheCpuImageCannotUseIsOneLineAndExitCode3() {
    Ended ended =
        ended(
            closed("scorer", 1_024)
                .withEnv("HEADWATER_EXECUTION_PROVIDER", "cuda")
                .withEnv("HEADWATER_SENTIMENT_MODEL", "sentiment-e5-small-v2@1.3.0")
                .withEnv("HEADWATER_MODELS_FOLLOW", "false"));

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(refusal(ended)).contains("has no CUDA: use the scorer's -cuda image");
  }

  @Test
  void aPackageForCpusIsNotPutOnAGpu() {
    Ended ended =
        ended(
            closed("scorer", 1_024)
                .withEnv("HEADWATER_EXECUTION_PROVIDER", "cuda")
                .withEnv("HEADWATER_MODELS_FOLLOW", "false"));

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(refusal(ended)).contains("for a GPU take an fp32 package");
  }

  @Test
  void aModelThatIsNotThereIsOneLineThatNamesThoseThatAre() {
    Ended ended =
        ended(
            closed("scorer", 1_024)
                .withEnv("HEADWATER_SENTIMENT_MODEL", "none@1")
                .withEnv("HEADWATER_MODELS_FOLLOW", "false"));

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(refusal(ended)).contains("sentiment-e5-small-v2-int8@1.3.0");
  }

  @Test
  void theArchiveOfClassesIsUsed() {
    Ended ended =
        ended(
            ContainerRiver.locked("cli", 512)
                .withEnv("JAVA_TOOL_OPTIONS", "-Xlog:class+load")
                .withCommand("--version"));

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output()).contains("io.headwater.cli.Main source: shared objects file (top)");
  }

  @Test
  void theImagesHoldNoTrainerAndNoBroker() {
    Ended ended = ended(ContainerRiver.locked("cli", 512).withCommand("demo", "--for", "1s"));

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(refusal(ended)).contains("registry");
  }

  /** Where it listens on loopback only, it needs no token. */
  private static GenericContainer<?> closed(String service, long mebibytes) {
    return ContainerRiver.locked(service, mebibytes)
        .withEnv("HEADWATER_SCORER_ADMIN_HOST", "127.0.0.1")
        .withEnv("HEADWATER_GATEWAY_ADMIN_HOST", "127.0.0.1")
        .withEnv("HEADWATER_GATEWAY_HTTP_HOST", "127.0.0.1");
  }

  private static Ended ended(GenericContainer<?> container) {
    return ContainerRiver.endsAtOnce(container);
  }

  /** The one line for the operator; the log's lines begin with a time. */
  private static String refusal(Ended ended) {
    return ended
        .output()
        .lines()
        .filter(line -> line.startsWith("headwater: "))
        .reduce((one, other) -> one + "\nSECOND: " + other)
        .orElse("(none) " + ended.output());
  }
}
