package io.headwater.cli.tune;

import io.headwater.models.LanguagePair;
import io.headwater.models.ModelPackage;
import io.headwater.models.engine.EngineOptions;
import io.headwater.models.engine.ExecutionProvider;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.Segment;
import io.headwater.models.text.SegmentCutter;
import io.headwater.models.text.SourceFrame;
import io.headwater.models.translation.DecodingRequest;
import io.headwater.models.translation.TranslationEngine;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Translation: a unit of work, sentence by sentence, by the engine that the scorer has. What it
 * pads is not known here.
 */
final class TranslationSubject implements Subject {
  private final TranslationEngine engine;
  private final Work work;
  private final int beams;

  /**
   * What there is to translate.
   *
   * @param sources token ids of each sentence
   * @param messages how many texts they are
   * @param target the language to write
   */
  record Work(List<int[]> sources, int messages, String target) {
    Work {
      sources = List.copyOf(sources);
    }
  }

  /**
   * Loads a model.
   *
   * @param beams 0 for what the package says
   */
  TranslationSubject(ModelPackage model, EngineOptions options, Work work, int beams) {
    this.engine = TranslationEngine.open(model, options);
    this.work = work;
    this.beams = beams;
  }

  /**
   * The sentences of texts, which are taken again from the first until there are enough tokens.
   *
   * @param pair the languages of texts and translations
   */
  static Work work(ModelPackage model, List<String> texts, LanguagePair pair, int enoughTokens) {
    List<int[]> sources = new ArrayList<>();
    int messages = 0;
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model)) {
      SourceFrame frame = tokenizer.frame(pair.from());
      SegmentCutter cutter = new SegmentCutter(frame.before(), frame.after(), model.maxTokens(), 0);
      for (long tokens = 0; tokens < enoughTokens; messages++) {
        for (String sentence : sentences(texts.get(messages % texts.size()), pair.from())) {
          for (Segment segment : cutter.cut(tokenizer.encode(sentence))) {
            sources.add(segment.ids());
            tokens += segment.ids().length;
          }
        }
      }
    }
    return new Work(sources, messages, pair.to());
  }

  private static List<String> sentences(String text, String language) {
    BreakIterator ends = BreakIterator.getSentenceInstance(Locale.forLanguageTag(language));
    ends.setText(text);
    List<String> sentences = new ArrayList<>();
    int from = 0;
    for (int to = ends.next(); to != BreakIterator.DONE; to = ends.next()) {
      sentences.add(text.substring(from, to).strip());
      from = to;
    }
    sentences.removeIf(String::isEmpty);
    return sentences;
  }

  @Override
  public ExecutionProvider provider() {
    return engine.provider();
  }

  @Override
  public int messages() {
    return work.messages();
  }

  @Override
  public void pass(int tokens, CallObserver observer) {
    DecodingRequest request = new DecodingRequest(work.target(), beams, tokens, false);
    long real = work.sources().stream().mapToLong(source -> source.length).sum();
    long begun = System.nanoTime();
    engine.translate(work.sources(), request, () -> {});
    observer.called(real, 0, System.nanoTime() - begun);
  }

  @Override
  public void close() {
    engine.close();
  }
}
