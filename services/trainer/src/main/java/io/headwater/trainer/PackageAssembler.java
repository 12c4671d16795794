package io.headwater.trainer;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.headwater.models.FileDigest;
import io.headwater.trainer.data.EncoderFiles;
import io.headwater.trainer.data.TokenizerPatch;
import io.headwater.trainer.graph.GraphSplice;
import io.headwater.trainer.graph.OnnxFile;
import io.headwater.trainer.graph.WeightDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a model package out of an encoder, a trained head, and what fine-tuning of both changed, if
 * there was any. The same inputs give the same bytes, and {@code model.json} names the hashes that
 * must come out.
 */
public final class PackageAssembler {

  private static final Logger log = LoggerFactory.getLogger(PackageAssembler.class);

  private static final String GRAPH = "model.onnx";
  private static final String HEAD = "head.onnx";

  /** What fine-tuning changed in encoder and head; a package need not have it. */
  private static final String DIFFERENCE = "difference.onnx";

  private static final String TOKENIZER = "tokenizer.json";

  /** What the package changes in the encoder's tokenizer; a package need not have it. */
  private static final String TOKENIZER_PATCH = "tokenizer.patch.json";

  private static final String DESCRIPTION = "model.json";

  /** Texts and what they must give; a package need not have it. */
  private static final String GOLDEN = "golden.tsv";

  private static final List<String> COPIED = List.of(DESCRIPTION, "README.md");

  /** Ending of the file that remembers what a package was last made from. */
  private static final String STAMP = ".assembled";

  private final Path source;
  private final Path encoder;
  private final Path target;

  /**
   * An assembler for one package.
   *
   * @param source folder with {@code head.onnx}, {@code model.json}, {@code README.md}; and, where
   *     the package has them, {@code difference.onnx}, {@code tokenizer.patch.json} and {@code
   *     golden.tsv}
   * @param encoder the encoder's jar, or a folder with its graph and tokenizer
   * @param target the package's folder
   */
  public PackageAssembler(Path source, Path encoder, Path target) {
    this.source = Objects.requireNonNull(source, "source");
    this.encoder = Objects.requireNonNull(encoder, "encoder");
    this.target = Objects.requireNonNull(target, "target");
  }

  /**
   * Makes the package, unless it is there and as new as what it is made from.
   *
   * @throws IOException if a file cannot be read or written
   * @throws IllegalStateException if a file does not come out as {@code model.json} says
   */
  public void assemble() throws IOException {
    String inputs = inputs();
    Path stamp = encoder.resolveSibling(target.getFileName() + STAMP);
    if (Files.exists(stamp) && Files.readString(stamp).equals(inputs) && complete()) {
      log.info("package is up to date folder={}", target);
      return;
    }
    write();
    NamedHashes.require(target.resolve(DESCRIPTION), target, List.of(GRAPH, TOKENIZER));
    Files.writeString(stamp, inputs);
    log.info("package assembled folder={}", target);
  }

  /**
   * Keeps what fine-tuning changed in {@code difference.onnx} beside the head, and then does as
   * {@link #accept()}.
   *
   * @param tuned the graph of encoder and head after training
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if it is not this encoder and head with other weights
   */
  public void accept(Path tuned) throws IOException {
    OnnxFile.write(WeightDifference.of(begin(), OnnxFile.read(tuned)), source.resolve(DIFFERENCE));
    accept();
  }

  /**
   * Makes the package and writes the hashes that came out into the source's {@code model.json}: the
   * step after a head was trained anew.
   *
   * @throws IOException if a file cannot be read or written
   */
  public void accept() throws IOException {
    write();
    Path description = source.resolve(DESCRIPTION);
    NamedHashes.accept(description, target, List.of(GRAPH, TOKENIZER));
    Files.copy(description, target.resolve(DESCRIPTION), StandardCopyOption.REPLACE_EXISTING);
  }

  private void write() throws IOException {
    Files.createDirectories(target);
    ModelProto graph = begin();
    Path difference = source.resolve(DIFFERENCE);
    if (Files.exists(difference)) {
      graph = WeightDifference.apply(graph, OnnxFile.read(difference));
    }
    OnnxFile.write(graph, target.resolve(GRAPH));
    writeTokenizer();
    for (String name : COPIED) {
      Files.copy(source.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    if (Files.exists(source.resolve(GOLDEN))) {
      Files.copy(
          source.resolve(GOLDEN), target.resolve(GOLDEN), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void writeTokenizer() throws IOException {
    Path begun = encoderFiles().tokenizer();
    Path patch = source.resolve(TOKENIZER_PATCH);
    if (Files.exists(patch)) {
      TokenizerPatch.write(begun, patch, target.resolve(TOKENIZER));
    } else {
      Files.copy(begun, target.resolve(TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Encoder and head as they were before any fine-tuning. */
  private ModelProto begin() throws IOException {
    return GraphSplice.attach(
        OnnxFile.read(encoderFiles().graph()), OnnxFile.read(source.resolve(HEAD)));
  }

  private EncoderFiles encoderFiles() throws IOException {
    return EncoderFiles.find(encoder, encoder.resolveSibling("unpacked"));
  }

  private boolean complete() {
    return List.of(GRAPH, TOKENIZER, DESCRIPTION, "README.md").stream()
        .allMatch(name -> Files.isRegularFile(target.resolve(name)));
  }

  /**
   * What the package depends on, cheap to tell: small files by content, the encoder by its date.
   */
  private String inputs() throws IOException {
    StringBuilder inputs = new StringBuilder();
    for (String name :
        List.of(HEAD, DIFFERENCE, TOKENIZER_PATCH, DESCRIPTION, "README.md", GOLDEN)) {
      Path file = source.resolve(name);
      if (Files.exists(file)) {
        inputs.append(name).append(' ').append(FileDigest.sha256(file)).append('\n');
      }
    }
    return inputs
        .append(encoder.getFileName())
        .append(' ')
        .append(Files.size(encoder))
        .append('\n')
        .toString();
  }
}
