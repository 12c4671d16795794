package io.headwater.load;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks and prints, for each pair, how many times as fast the first one is. */
public final class Benchmarks {
  private static final String[][] PAIRS = {
    {"WireFormatBenchmark", "encode", "Headwater", "Confluent"},
    {"WireFormatBenchmark", "decode", "Headwater", "Confluent"},
    {"TokenFormBenchmark", "encode", "Packed", "Array"},
    {"TokenFormBenchmark", "decode", "Packed", "Array"},
  };

  /** Of the translation benchmark: what is compared, for each number of beams. */
  private static final String[][] TRANSLATION_PAIRS = {
    {"cache reused / not", "cachedShrinking", "recomputedShrinking"},
    {"batch shrinking / not", "cachedShrinking", "cachedWhole"},
    {"both / neither", "cachedShrinking", "recomputedWhole"},
  };

  private Benchmarks() {}

  /** Arguments: parts of the names of the benchmarks to run; none for all. */
  public static void main(String[] args) throws RunnerException, IOException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .mode(Mode.Throughput)
            .timeUnit(TimeUnit.MILLISECONDS)
            .jvmArgs(
                "-Xmx512m",
                handedOn(TranslationBenchmark.FOLDER),
                handedOn(ExplainBenchmark.FOLDER))
            .forks(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.milliseconds(500))
            .shouldFailOnError(true);
    Stream.of(args).forEach(options::include);
    Collection<RunResult> results = new Runner(options.build()).run();
    Map<String, Double> scores = byName(results);
    printRatios(scores);
    printTranslation(scores);
    printExplanations(scores);
    printShares(scores);
    printSessions(scores);
    printSizes();
  }

  private static String handedOn(String property) {
    return "-D%s=%s".formatted(property, System.getProperty(property, ""));
  }

  /**
   * Operations per millisecond, or target tokens per millisecond of processor time, by {@code
   * class.method tokens-or-beams}.
   */
  private static Map<String, Double> byName(Collection<RunResult> results) {
    Map<String, Double> scores = new TreeMap<>();
    for (RunResult result : results) {
      String method = result.getParams().getBenchmark();
      String name = method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1);
      String size = result.getParams().getParamsKeys().iterator().next();
      scores.put(name + " " + result.getParams().getParam(size), score(result));
    }
    return scores;
  }

  private static double score(RunResult result) {
    Result<?> tokens = result.getSecondaryResults().get("targetTokens");
    Result<?> micros = result.getSecondaryResults().get("cpuMicros");
    return tokens == null || micros == null
        ? result.getPrimaryResult().getScore()
        : 1_000 * tokens.getScore() / micros.getScore();
  }

  private static void printRatios(Map<String, Double> scores) {
    System.out.printf("%n%-44s %14s %14s %8s%n", "", "records/ms", "records/ms", "ratio");
    for (String[] pair : PAIRS) {
      for (String tokens : new String[] {"64", "2048"}) {
        String start = pair[0] + "." + pair[1];
        Double first = scores.get(start + pair[2] + " " + tokens);
        Double second = scores.get(start + pair[3] + " " + tokens);
        if (first != null && second != null) {
          String title = "%s %s tokens: %s / %s".formatted(pair[1], tokens, pair[2], pair[3]);
          System.out.printf("%-44s %14.1f %14.1f %8.2f%n", title, first, second, first / second);
        }
      }
    }
  }

  private static void printTranslation(Map<String, Double> scores) {
    System.out.printf("%n%-44s %14s %14s %8s%n", "", "tokens/cpu-s", "tokens/cpu-s", "ratio");
    for (String beams : new String[] {"1", "4"}) {
      for (String[] pair : TRANSLATION_PAIRS) {
        printTokens(
            "%s, %s".formatted(pair[0], beams.equals("1") ? "greedy" : beams + " beams"),
            scores.get("TranslationBenchmark." + pair[1] + " " + beams),
            scores.get("TranslationBenchmark." + pair[2] + " " + beams));
      }
    }
    printTokens(
        "backlog of 128, greedy / one at a time",
        scores.get("BacklogBenchmark.together 1024"),
        scores.get("BacklogBenchmark.oneByOne 1024"));
    printTokens(
        "backlog of 128, budget 4,096 / 1,024 tokens",
        scores.get("BacklogBenchmark.together 4096"),
        scores.get("BacklogBenchmark.together 1024"));
    printTokens(
        "engine, greedy / 4 beams",
        scores.get("TranslationBenchmark.engine 1"),
        scores.get("TranslationBenchmark.engine 4"));
  }

  private static void printExplanations(Map<String, Double> scores) {
    for (String tokens : new String[] {"32", "128"}) {
      Double alone = scores.get("ExplainBenchmark.scoreAlone " + tokens);
      Double beside = scores.get("ExplainBenchmark.scoreBeside " + tokens);
      Double one = scores.get("ExplainBenchmark.one " + tokens);
      Double explained = scores.get("ExplainBenchmark.explain " + tokens);
      if (alone != null && beside != null && one != null && explained != null) {
        System.out.printf(
            "%nscores of %s tokens beside an explainer / alone: %.3f; one explanation costs as much"
                + " as %.0f scores of its text, %.0f ms%n",
            tokens, beside / alone, one / explained, 1 / explained);
      }
    }
  }

  /** Of the model's time for the same text: what each other part takes. */
  private static void printShares(Map<String, Double> scores) {
    String path = "SentimentPathBenchmark.";
    for (String tokens : new String[] {"64", "2048"}) {
      Double model = scores.get(path + "model " + tokens);
      for (String part : new String[] {"tokenize", "tokenizeAndCut", "pool", "batches"}) {
        Double found = scores.get(path + part + " " + tokens);
        if (model != null && found != null) {
          int texts = part.equals("batches") ? SentimentPathBenchmark.UNIT : 1;
          System.out.printf(
              "%s, text of %s tokens: %.2f us, %.4f %% of the model's time%n",
              part, tokens, 1_000 / found / texts, 100 * model / found / texts);
        }
      }
    }
    for (String tokens : new String[] {"32", "512"}) {
      Double fill = scores.get("TensorFillBenchmark.fill " + tokens);
      if (fill != null) {
        System.out.printf(
            "fill a batch of 1,024 tokens, rows of %s, and call a graph: %.1f us%n",
            tokens, 1_000 / fill);
      }
    }
  }

  private static void printSessions(Map<String, Double> scores) {
    Double together = scores.get("SessionBenchmark.together 32");
    Double each = scores.get("SessionBenchmark.each 32");
    if (together != null && each != null) {
      System.out.printf("two callers with one session / with one each: %.3f%n", together / each);
    }
    Double shipped = scores.get("SessionBenchmark.open shipped");
    Double optimised = scores.get("SessionBenchmark.open optimised");
    if (shipped != null && optimised != null) {
      System.out.printf(
          "opening the graph as it is shipped: %.0f ms; as it was optimised before: %.0f ms%n",
          1 / shipped, 1 / optimised);
    }
  }

  private static void printTokens(String title, @Nullable Double first, @Nullable Double second) {
    if (first != null && second != null) {
      System.out.printf(
          "%-44s %14.0f %14.0f %8.2f%n", title, 1_000 * first, 1_000 * second, first / second);
    }
  }

  private static void printSizes() throws IOException {
    System.out.println();
    for (int tokens : new int[] {64, 2_048}) {
      SampleTokens values = SampleTokens.of(tokens, 0);
      int packed = TokenForm.packed().write(values).length;
      int array = TokenForm.array().write(values).length;
      System.out.printf(
          "size, %d tokens: packed %d bytes, array %d bytes, ratio %.2f%n",
          tokens, packed, array, (double) packed / array);
    }
  }
}
