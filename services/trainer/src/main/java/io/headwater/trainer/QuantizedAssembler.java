package io.headwater.trainer;

import io.headwater.models.ModelPackage;
import io.headwater.trainer.quantize.Calibration;
import io.headwater.trainer.quantize.QuantizedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the int8 form of a package out of it and the scales that calibration found once. The same
 * inputs give the same bytes, and {@code model.json} names the hashes that must come out.
 */
public final class QuantizedAssembler {
  private static final Logger log = LoggerFactory.getLogger(QuantizedAssembler.class);

  private static final List<String> MADE = List.of("model.onnx", "tokenizer.json");
  private static final String DESCRIPTION = "model.json";
  private static final List<String> COPIED =
      List.of(DESCRIPTION, "README.md", "golden.tsv", QuantizedPackage.CALIBRATION);

  private final Path source;
  private final Path whole;
  private final Path target;

  /**
   * An assembler for one package.
   *
   * @param source folder with {@code calibration.json}, {@code model.json}, {@code README.md},
   *     {@code golden.tsv}
   * @param whole the package in fp32
   * @param target the package's folder
   */
  public QuantizedAssembler(Path source, Path whole, Path target) {
    this.source = Objects.requireNonNull(source, "source");
    this.whole = Objects.requireNonNull(whole, "whole");
    this.target = Objects.requireNonNull(target, "target");
  }

  /**
   * Makes the package, unless its graph is there already as {@code model.json} names it.
   *
   * @throws IOException if a file cannot be read or written
   * @throws IllegalStateException if a file does not come out as {@code model.json} says
   */
  public void assemble() throws IOException {
    copy();
    if (NamedHashes.fit(source.resolve(DESCRIPTION), target, MADE)) {
      log.info("package is up to date folder={}", target);
      return;
    }
    make();
    NamedHashes.require(target.resolve(DESCRIPTION), target, MADE);
    log.info("package assembled folder={}", target);
  }

  /**
   * Makes the package and writes the hashes that came out into the source's {@code model.json}.
   *
   * @throws IOException if a file cannot be read or written
   */
  public void accept() throws IOException {
    make();
    NamedHashes.accept(source.resolve(DESCRIPTION), target, MADE);
    copy();
  }

  private void make() throws IOException {
    QuantizedPackage.writeFiles(
        ModelPackage.open(whole),
        Calibration.read(source.resolve(QuantizedPackage.CALIBRATION)),
        target);
  }

  private void copy() throws IOException {
    Files.createDirectories(target);
    for (String name : COPIED) {
      if (Files.exists(source.resolve(name))) {
        Files.copy(source.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
