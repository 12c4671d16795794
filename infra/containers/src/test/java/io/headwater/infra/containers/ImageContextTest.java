package io.headwater.infra.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageContextTest {
  private static final FileTime TIME = FileTime.fromMillis(1_700_000_000_000L);

  @TempDir private Path folder;
  private Path distribution;

  @BeforeEach
  void makeADistribution() throws IOException {
    distribution = folder.resolve("dist");
    Files.createDirectories(distribution.resolve("lib"));
    Files.createDirectories(distribution.resolve("models/m/1"));
    Files.writeString(distribution.resolve("models/m/1/model.onnx"), "weights");
    jar("headwater-cli-1.jar", "Main.class");
    jar("headwater-runtime-1.jar", "Runtime.class");
    jar("headwater-schemas-1.jar", "Schema.class");
    jar("headwater-scorer-1.jar", "Scorer.class");
    jar("headwater-trainer-1.jar", "Trainer.class");
    jar("picocli-4.jar", "CommandLine.class");
    jar("torch-2-linux.jar", "torch.so");
    jar(
        "onnxruntime-1.28.0.jar",
        "ai/onnxruntime/Ort.class",
        "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
        "ai/onnxruntime/native/win-x64/onnxruntime.dll",
        "ai/onnxruntime/native/osx-aarch64/libonnxruntime.dylib");
    Files.writeString(distribution.resolve("bom.json"), BOM);
  }

  @Test
  void anImageHasWhatItsServiceNeedsAndNotWhatOthersDo() throws IOException {
    Path scorer = layOut("scorer", "one");

    assertThat(names(scorer.resolve("libraries/opt/headwater/lib")))
        .containsOnlyKeys("picocli-4.jar", "onnxruntime-1.28.0.jar");
    assertThat(names(scorer.resolve("program/opt/headwater/lib")))
        .contains(
            Map.entry("headwater-trainer-1.jar", TIME), Map.entry("headwater-cli-1.jar", TIME));
    assertThat(scorer.resolve("models/opt/headwater/models/m/1/model.onnx")).exists();
    assertThat(names(layOut("gateway", "two").resolve("libraries/opt/headwater/lib")))
        .containsOnlyKeys("picocli-4.jar");
  }

  @Test
  void nativeLibrariesOfThePlatformLieBesideTheJars() throws IOException {
    Path scorer = layOut("scorer", "one");

    assertThat(names(scorer.resolve("libraries/opt/headwater/native")))
        .containsOnlyKeys("libonnxruntime.so");
    try (java.util.jar.JarFile jar =
        new java.util.jar.JarFile(
            scorer.resolve("libraries/opt/headwater/lib/onnxruntime-1.28.0.jar").toFile())) {
      assertThat(jar.stream().map(JarEntry::getName)).containsExactly("ai/onnxruntime/Ort.class");
    }
  }

  @Test
  void theBillOfMaterialsNamesTheJarsOfTheImageAndNoOthers() throws IOException {
    JsonNode bom =
        new ObjectMapper()
            .readTree(layOut("scorer", "one").resolve("program/opt/headwater/bom.json").toFile());

    assertThat(bom.findValuesAsText("name"))
        .contains("onnxruntime", "picocli", "headwater-trainer")
        .doesNotContain("torch");
    for (JsonNode component : bom.path("components")) {
      // Its bytes are no longer those that were hashed.
      assertThat(component.has("hashes"))
          .isEqualTo(!component.path("name").asText().equals("onnxruntime"));
    }
  }

  @Test
  void theSameDistributionGivesTheSameBytesAndTimes() throws IOException {
    Map<String, String> one = all(layOut("scorer", "one"));
    Map<String, String> two = all(layOut("scorer", "two"));

    assertThat(two).isEqualTo(one).isNotEmpty();
  }

  @Test
  void aServiceStartsWithItsShareOfTheContainersMemory() throws IOException {
    assertThat(layOut("scorer", "one").resolve("program/opt/headwater/start"))
        .content()
        .contains("-XX:MaxRAMPercentage=25\n")
        .contains("/opt/headwater/lib/headwater-cli-1.jar:")
        .endsWith("io.headwater.cli.Main\nrun\nscorer\n");
  }

  private Path layOut(String image, String into) throws IOException {
    Path context = folder.resolve(into);
    new ImageContext(distribution, context, ImageKind.of(image), "amd64", TIME).layOut();
    return context;
  }

  private static Map<String, FileTime> names(Path files) throws IOException {
    Map<String, FileTime> found = new TreeMap<>();
    try (Stream<Path> list = Files.list(files)) {
      for (Path file : list.toList()) {
        found.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
      }
    }
    return found;
  }

  private static Map<String, String> all(Path context) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(context)) {
      for (Path path : paths.toList()) {
        String content =
            Files.isDirectory(path)
                ? ""
                : new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        found.put(context.relativize(path).toString(), Files.getLastModifiedTime(path) + content);
      }
    }
    return found;
  }

  private void jar(String name, String... entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(distribution.resolve("lib").resolve(name));
        JarOutputStream jar = new JarOutputStream(file)) {
      for (String entry : entries) {
        jar.putNextEntry(new JarEntry(entry));
        jar.write(entry.getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
      }
    }
  }

  private static String component(String group, String name, String version, String purl) {
    return """
        {"bom-ref": "%s", "group": "%s", "name": "%s", "version": "%s", "purl": "%s", "hashes": []}"""
        .formatted(
            group.equals("io.headwater") ? "pkg:maven/io.headwater/" + name : name,
            group,
            name,
            version,
            purl);
  }

  private static String ours(String name) {
    return component("io.headwater", "headwater-" + name, "1", "");
  }

  private static final String BOM =
      """
      {"metadata": {"component": %s},
       "components": [%s],
       "dependencies": [
         {"ref": "pkg:maven/io.headwater/headwater-cli",
          "dependsOn": ["picocli", "pkg:maven/io.headwater/headwater-trainer"]},
         {"ref": "pkg:maven/io.headwater/headwater-trainer", "dependsOn": ["torch"]},
         {"ref": "pkg:maven/io.headwater/headwater-scorer", "dependsOn": ["onnxruntime"]}]}
      """
          .formatted(
              ours("cli"),
              String.join(
                  ",",
                  ours("runtime"),
                  ours("schemas"),
                  ours("scorer"),
                  ours("trainer"),
                  component("info.picocli", "picocli", "4", ""),
                  component("com.microsoft", "onnxruntime", "1.28.0", ""),
                  component(
                      "ai.djl",
                      "torch",
                      "2",
                      "pkg:maven/ai.djl/torch@2?classifier=linux&type=jar")));
}
