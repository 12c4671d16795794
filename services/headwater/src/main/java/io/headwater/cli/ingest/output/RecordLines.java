package io.headwater.cli.ingest.output;

import io.headwater.avro.DeadLetter;
import io.headwater.avro.Explanation;
import io.headwater.avro.Insight;
import io.headwater.avro.LabelProbability;
import io.headwater.avro.Message;
import io.headwater.avro.ModelAssignment;
import io.headwater.avro.ModelRef;
import io.headwater.avro.SentimentScore;
import io.headwater.avro.SentimentWindow;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records as one line each, for people. What comes from outside is made harmless. */
public final class RecordLines {
  private static final int TEXT_WIDTH = 100;
  private static final int NAME_WIDTH = 40;

  private RecordLines() {}

  /** The record in one line. */
  public static String of(SpecificRecord record) {
    if (record instanceof Insight insight) {
      return insight(insight);
    }
    if (record instanceof Message message) {
      return "%-10s %-3s %s  %s"
          .formatted(
              name(message.getSource()),
              name(message.getLanguage()),
              name(message.getId()),
              text(message.getText()));
    }
    if (record instanceof SentimentScore score) {
      return "%s  %-3s %s  %s"
          .formatted(
              label(score),
              name(score.getLanguage()),
              name(score.getMessageId()),
              model(score.getModel()));
    }
    if (record instanceof Translation translation) {
      return "%s→%s  %s  %s"
          .formatted(
              name(translation.getSourceLanguage()),
              name(translation.getTargetLanguage()),
              name(translation.getMessageId()),
              outcome(translation));
    }
    return record instanceof TokenSequence tokens ? tokens(tokens) : operational(record);
  }

  private static String operational(SpecificRecord record) {
    if (record instanceof SentimentWindow window) {
      return window(window);
    }
    if (record instanceof DeadLetter letter) {
      return "%-10s %-19s %s-%d@%d  %s"
          .formatted(
              name(letter.getStage()),
              name(letter.getCause()),
              name(letter.getTopic()),
              letter.getPartition(),
              letter.getOffset(),
              text(letter.getDetail()));
    }
    if (record instanceof Explanation explanation) {
      return explanation(explanation);
    }
    if (record instanceof ModelAssignment assignment) {
      return "%s → %s  since %s  by %s  %s"
          .formatted(
              name(assignment.getTask()),
              model(assignment.getModel()),
              assignment.getAssignedAt(),
              name(assignment.getAssignedBy()),
              text(assignment.getNote() == null ? "" : assignment.getNote()));
    }
    return PlainJson.line(PlainJson.of(record));
  }

  private static String insight(Insight insight) {
    SentimentScore sentiment = insight.getSentiment();
    Translation translation = insight.getTranslation();
    String line =
        "%s  %-3s %-10s %s  %s"
            .formatted(
                sentiment == null ? "%-9s     ".formatted("-") : label(sentiment),
                name(insight.getLanguage()),
                name(insight.getMessage().getSource()),
                name(insight.getMessageId()),
                text(insight.getMessage().getText()));
    return translation == null || !isTranslated(translation)
        ? line
        : line + "  → " + text(translation.getText());
  }

  /** Whether a model wrote something: else the insight's line already has the text. */
  private static boolean isTranslated(Translation translation) {
    return translation.getSkipReason() == null && !translation.getPassedThrough();
  }

  private static String outcome(Translation translation) {
    if (translation.getSkipReason() != null) {
      return "skipped: " + text(translation.getSkipReason());
    }
    return (translation.getPassedThrough() ? "as it was: " : "") + text(translation.getText());
  }

  private static String tokens(TokenSequence tokens) {
    String skipped = tokens.getSkipReason();
    return "%-11s %-3s %s  %s  %s"
        .formatted(
            name(tokens.getTask()),
            name(tokens.getLanguage()),
            name(tokens.getMessageId()),
            model(tokens.getModel()),
            skipped == null
                ? "%d tokens in %d segments"
                    .formatted(tokens.getTokenCount(), tokens.getSegments().size())
                : "skipped: " + text(skipped));
  }

  private static String window(SentimentWindow window) {
    String labels =
        window.getLabels().stream()
            .map(label -> "%s %d".formatted(name(label.getLabel()), label.getCount()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s +%s  %s/%s  %d messages (%s)  mean %+.3f",
        window.getWindowStart(),
        size(Duration.ofMillis(window.getWindowSizeMs())),
        name(window.getSource()),
        name(window.getLanguage()),
        window.getCount(),
        labels,
        window.getMeanPolarity());
  }

  private static String explanation(Explanation explanation) {
    String missing = explanation.getMissingReason();
    Double agreement = explanation.getAgreement();
    return String.format(
        Locale.ROOT,
        "%-9s %.2f  %s  %s  %s",
        name(explanation.getLabel()),
        explanation.getProbability(),
        name(explanation.getMessageId()),
        model(explanation.getModel()),
        missing == null
            ? String.format(
                Locale.ROOT,
                "%d segments, attention and masking agree by %s",
                explanation.getSegments().size(),
                agreement == null ? "-" : String.format(Locale.ROOT, "%+.2f", agreement))
            : "not explained: " + text(missing));
  }

  private static String size(Duration size) {
    return size.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static String label(SentimentScore score) {
    if (score.getSkipReason() != null) {
      return "%-9s     ".formatted("skipped");
    }
    double best =
        score.getProbabilities().stream()
            .mapToDouble(LabelProbability::getProbability)
            .max()
            .orElse(0);
    return String.format(Locale.ROOT, "%-9s %.2f", name(score.getLabel()), best);
  }

  private static String model(ModelRef model) {
    return name(model.getId()) + "@" + name(model.getVersion());
  }

  private static String name(@Nullable String name) {
    return name == null ? "-" : TerminalText.harmless(name, NAME_WIDTH);
  }

  private static String text(String text) {
    return TerminalText.harmless(text, TEXT_WIDTH);
  }
}
