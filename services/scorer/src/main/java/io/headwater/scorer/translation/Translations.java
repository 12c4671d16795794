package io.headwater.scorer.translation;

import io.headwater.avro.Provenance;
import io.headwater.avro.TokenSequence;
import io.headwater.avro.Translation;
import java.util.List;
import java.util.Optional;

/** Writes results down. The same result gives the same bytes: no clock is read here. */
final class Translations {
  private static final Provenance NOTHING_RAN = new Provenance("", "", "", "");

  private Translations() {}

  /**
   * What needs no model: a sequence that is skipped, one that already is in the target language,
   * and one whose text is white space only. Empty where a model must be asked, or where the
   * sequence is not whole.
   */
  static Optional<Translation> withoutModel(TokenSequence sequence) {
    String text = sequence.getText();
    String target = sequence.getTargetLanguage();
    if (sequence.getSkipReason() != null) {
      Translation skipped = described(sequence, "");
      skipped.setSkipReason(sequence.getSkipReason());
      return Optional.of(skipped);
    }
    if (text == null || target == null || !sequence.getSegments().isEmpty()) {
      return Optional.empty();
    }
    Translation unchanged = described(sequence, text);
    if (WhiteSpace.primary(sequence.getLanguage()).equals(WhiteSpace.primary(target))) {
      unchanged.setPassedThrough(true);
      return Optional.of(unchanged);
    }
    return WhiteSpace.stripped(text).isEmpty() ? Optional.of(unchanged) : Optional.empty();
  }

  /** A translation of a sequence, before it says what made it: nothing has run. */
  static Translation described(TokenSequence sequence, String text) {
    String target = sequence.getTargetLanguage();
    Translation translation = new Translation();
    translation.setMessageId(sequence.getMessageId());
    translation.setOrigin(sequence.getOrigin());
    translation.setModel(sequence.getModel());
    translation.setProvenance(NOTHING_RAN);
    translation.setText(text);
    translation.setSourceLanguage(sequence.getLanguage());
    translation.setLanguageDetected(sequence.getLanguageDetected());
    translation.setTargetLanguage(target == null ? "" : target);
    translation.setPlannedTasks(sequence.getPlannedTasks());
    translation.setAskedTasks(sequence.getAskedTasks());
    translation.setExplain(sequence.getExplain());
    translation.setSentAt(sequence.getSentAt());
    translation.setSourceText(sequence.getText());
    translation.setSourceTokenCount(sequence.getTokenCount());
    translation.setSegmentCount(sequence.getSegments().size());
    translation.setAlignments(List.of());
    return translation;
  }
}
