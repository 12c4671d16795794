package io.headwater.scorer;

import io.headwater.avro.ModelRef;
import io.headwater.avro.TokenSegment;
import io.headwater.avro.TokenSequence;
import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.Segment;
import io.headwater.models.text.SegmentCutter;
import io.headwater.models.text.SourceFrame;
import io.headwater.models.text.TokenizedText;
import io.headwater.schemas.TokenInts;
import io.headwater.scorer.translation.TextSequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes token sequences for a tiny translation package, as the tokenizer would. */
final class TinyTranslation implements AutoCloseable {
  static final ModelRef MODEL = new ModelRef("tiny-translation", "1.0.0");

  private final ModelPackage files;
  private final PackageTokenizer tokenizer;

  TinyTranslation(ModelPackage files) {
    this.files = files;
    this.tokenizer = PackageTokenizer.open(files);
  }

  /** A German text made of parts; each part that is no white space is a sentence. */
  TokenSequence sequence(String id, String... parts) {
    TokenSequence sequence = TextSequences.of(id, parts);
    sequence.setModel(MODEL);
    sequence.setTokenizerDigest(files.tokenizerDigest());
    List<TokenSegment> segments = new ArrayList<>();
    int at = 0;
    int tokens = 0;
    for (String part : parts) {
      if (!part.isBlank()) {
        TokenizedText text = tokenizer.encode(part);
        segments.add(segment(text, at, tokens));
        tokens += text.length();
      }
      at += part.length();
    }
    sequence.setSegments(segments);
    sequence.setTokenCount(tokens);
    return sequence;
  }

  private TokenSegment segment(TokenizedText text, int at, int firstToken) {
    SourceFrame frame = tokenizer.frame("de");
    Segment framed =
        new SegmentCutter(frame.before(), frame.after(), files.maxTokens(), 0).cut(text).get(0);
    return new TokenSegment(
        TokenInts.pack(framed.ids()),
        TokenInts.pack(moved(framed.starts(), at)),
        TokenInts.pack(moved(framed.ends(), at)),
        firstToken);
  }

  private static int[] moved(int[] offsets, int by) {
    return Arrays.stream(offsets).map(offset -> offset < 0 ? offset : offset + by).toArray();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
