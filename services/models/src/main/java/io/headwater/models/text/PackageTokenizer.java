package io.headwater.models.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelPackage;
import io.headwater.models.TokenizerFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The tokenizer of one model package. Never truncates and never pads, whatever {@code
 * tokenizer.json} says: cutting is the {@link SegmentCutter}'s business.
 *
 * <p>Safe for use by several threads; close it when none uses it any more.
 */
public final class PackageTokenizer implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;
  private final int maxTokens;
  private final TokenizerFile facts;
  private final int[] before;
  private final int[] after;

  /** Held shared while encoding: native memory is not given back under an encoding. */
  private final ReadWriteLock life = new ReentrantReadWriteLock();

  private boolean closed;

  private PackageTokenizer(
      HuggingFaceTokenizer tokenizer, TokenizerFile facts, int maxTokens, String textPrefix) {
    this.tokenizer = tokenizer;
    this.maxTokens = maxTokens;
    this.facts = facts;
    // A text of one plain token shows which special tokens the model wants around it.
    Encoding framed = tokenizer.encode("a", true, false);
    long[] special = framed.getSpecialTokenMask();
    int first = 0;
    while (first < special.length && special[first] == 1) {
      first++;
    }
    int end = special.length;
    while (end > first && special[end - 1] == 1) {
      end--;
    }
    int[] ids = toInts(framed.getIds());
    int[] prefix = encode(textPrefix).ids();
    this.before = Arrays.copyOf(ids, first + prefix.length);
    System.arraycopy(prefix, 0, before, first, prefix.length);
    this.after = Arrays.copyOfRange(ids, end, ids.length);
  }

  /**
   * Loads a package's tokenizer.
   *
   * @throws InvalidModelPackageException if {@code tokenizer.json} is not one that can be loaded
   */
  public static PackageTokenizer open(ModelPackage model) {
    try {
      return open(model.tokenizerFile(), model.maxTokens(), model.textPrefix());
    } catch (IOException | RuntimeException e) {
      throw new InvalidModelPackageException(
          model.folder(), "tokenizer.json cannot be loaded: " + e.getMessage(), e);
    }
  }

  /**
   * Loads a tokenizer that is no part of a package yet.
   *
   * @param file {@code tokenizer.json}
   * @param maxTokens longest segment, special tokens included
   * @param textPrefix put before each segment; empty for none
   * @throws IOException if the file cannot be read
   */
  public static PackageTokenizer open(Path file, int maxTokens, String textPrefix)
      throws IOException {
    // The native library is in the jar. Without this, a machine with a GPU would go and look for
    // another build of it on the network.
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true");
    }
    TokenizerFile facts = TokenizerFile.read(file);
    HuggingFaceTokenizer tokenizer = load(file);
    try {
      return new PackageTokenizer(tokenizer, facts, maxTokens, textPrefix);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private static HuggingFaceTokenizer load(Path file) throws IOException {
    Map<String, String> options = Map.of("truncation", "false", "padding", "false");
    Optional<String> repaired = TokenizerRepair.repaired(file);
    if (repaired.isEmpty()) {
      return HuggingFaceTokenizer.newInstance(file, options);
    }
    byte[] bytes = repaired.get().getBytes(StandardCharsets.UTF_8);
    return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), options);
  }

  /**
   * The tokens of a whole text, however long, without special tokens. An unpaired surrogate counts
   * as U+FFFD. The offsets of a token that stands for nothing in the text are those of an empty
   * span.
   *
   * @throws TokenizerClosedException after {@link #close}
   */
  public TokenizedText encode(String text) {
    String wellFormed = withoutLoneSurrogates(text);
    Encoding encoding = whileOpen(() -> tokenizer.encode(wellFormed, false, false));
    int[] ids = toInts(encoding.getIds());
    int[] starts = new int[ids.length];
    int[] ends = new int[ids.length];
    CodePointOffsets offsets = new CodePointOffsets(wellFormed);
    CharSpan[] spans = encoding.getCharTokenSpans();
    int previousEnd = 0;
    for (int i = 0; i < ids.length; i++) {
      CharSpan span = spans[i];
      starts[i] = span == null ? previousEnd : offsets.toUnits(span.getStart());
      ends[i] = span == null ? previousEnd : offsets.toUnits(span.getEnd());
      previousEnd = ends[i];
    }
    return new TokenizedText(ids, starts, ends);
  }

  private <T> T whileOpen(Supplier<T> use) {
    life.readLock().lock();
    try {
      if (closed) {
        throw new TokenizerClosedException();
      }
      return use.get();
    } finally {
      life.readLock().unlock();
    }
  }

  /**
   * The text that tokens stand for, put together as the model's own tokenizer does it; special
   * tokens are left out.
   *
   * @throws TokenizerClosedException after {@link #close}
   */
  public String decode(int[] ids) {
    long[] wide = Arrays.stream(ids).asLongStream().toArray();
    return whileOpen(() -> tokenizer.decode(wide, true));
  }

  /**
   * The special tokens that the model wants round a segment in a language, BCP 47; the same for
   * every language if the model does not mark them.
   *
   * @throws IllegalArgumentException if the model marks languages and does not know this one
   */
  public SourceFrame frame(String sourceLanguage) {
    if (facts.languageTokens().isEmpty()) {
      return new SourceFrame(before.clone(), after.clone());
    }
    int token =
        facts
            .languageToken(sourceLanguage)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the model has no token for language " + sourceLanguage));
    int[] opening = withLanguage(before, token);
    int[] closing = withLanguage(after, token);
    boolean marked = hasLanguage(before) || hasLanguage(after);
    return new SourceFrame(
        marked ? opening : IntStream.concat(IntStream.of(token), IntStream.of(opening)).toArray(),
        closing);
  }

  private int[] withLanguage(int[] special, int token) {
    return Arrays.stream(special)
        .map(id -> facts.languageTokens().containsValue(id) ? token : id)
        .toArray();
  }

  private boolean hasLanguage(int[] special) {
    return Arrays.stream(special).anyMatch(id -> facts.languageTokens().containsValue(id));
  }

  /** One more than the largest id that {@link #encode} can give. */
  public int vocabularySize() {
    return facts.vocabularySize();
  }

  /**
   * Cuts this tokenizer's texts for its model.
   *
   * @param overlap how many tokens a segment repeats from the one before it
   * @throws IllegalArgumentException if segments of the model's length have no room for the overlap
   */
  public SegmentCutter segmentCutter(int overlap) {
    return new SegmentCutter(before, after, maxTokens, overlap);
  }

  /** Waits for encodings under way; closing again does nothing. */
  @Override
  public void close() {
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        tokenizer.close();
      }
    } finally {
      life.writeLock().unlock();
    }
  }

  /** Replaces one code unit by one, so that offsets into the result are offsets into the text. */
  private static String withoutLoneSurrogates(String text) {
    StringBuilder repaired = null;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (!Character.isSurrogate(unit)) {
        continue;
      }
      boolean paired =
          Character.isHighSurrogate(unit)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (paired) {
        i++;
      } else {
        repaired = repaired == null ? new StringBuilder(text) : repaired;
        repaired.setCharAt(i, '\uFFFD');
      }
    }
    return repaired == null ? text : repaired.toString();
  }

  private static int[] toInts(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }
}
