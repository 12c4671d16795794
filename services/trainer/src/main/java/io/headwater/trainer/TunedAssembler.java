package io.headwater.trainer;

import io.headwater.trainer.data.EncoderFiles;
import io.headwater.trainer.graph.BorrowedWeights;
import io.headwater.trainer.graph.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the package of a model that was trained from a pretrained encoder: what training changed
 * lies with the sources, the rest is the encoder's. The same inputs give the same bytes, and {@code
 * model.json} names the hashes that must come out.
 */
public final class TunedAssembler {
  private static final Logger log = LoggerFactory.getLogger(TunedAssembler.class);

  /** The graph without the weights that are the encoder's. */
  public static final String TRAINED = "trained.onnx";

  private static final String GRAPH = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String DESCRIPTION = "model.json";
  private static final List<String> MADE = List.of(GRAPH, TOKENIZER);

  private final Path source;
  private final Path encoder;
  private final Path target;

  /**
   * An assembler for one package.
   *
   * @param source folder with {@code trained.onnx}, {@code model.json}, {@code README.md}, {@code
   *     golden.tsv}
   * @param encoder the encoder's jar, or a folder with its graph and tokenizer
   * @param target the package's folder
   */
  public TunedAssembler(Path source, Path encoder, Path target) {
    this.source = Objects.requireNonNull(source, "source");
    this.encoder = Objects.requireNonNull(encoder, "encoder");
    this.target = Objects.requireNonNull(target, "target");
  }

  /**
   * Makes the package, unless it is there already as {@code model.json} names it.
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

  /**
   * Puts a trained graph among a package's sources, without what is the encoder's.
   *
   * @throws IOException if a file cannot be read or written
   */
  public void keep(Path trained) throws IOException {
    EncoderFiles files = EncoderFiles.find(encoder, encoder.resolveSibling("unpacked"));
    OnnxFile.write(
        BorrowedWeights.without(OnnxFile.read(trained), OnnxFile.read(files.graph())),
        source.resolve(TRAINED));
  }

  private void make() throws IOException {
    Files.createDirectories(target);
    EncoderFiles files = EncoderFiles.find(encoder, encoder.resolveSibling("unpacked"));
    OnnxFile.write(
        BorrowedWeights.restored(
            OnnxFile.read(source.resolve(TRAINED)), OnnxFile.read(files.graph())),
        target.resolve(GRAPH));
    Files.copy(files.tokenizer(), target.resolve(TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
  }

  private void copy() throws IOException {
    Files.createDirectories(target);
    for (String name : List.of(DESCRIPTION, "README.md", "golden.tsv")) {
      Files.copy(source.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
