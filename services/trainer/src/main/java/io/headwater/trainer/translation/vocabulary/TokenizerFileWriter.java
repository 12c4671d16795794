package io.headwater.trainer.translation.vocabulary;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a vocabulary as {@code tokenizer.json}, the format of Hugging Face's fast tokenizers, with
 * the rules of {@link Pretokens}.
 */
public final class TokenizerFileWriter {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TYPE = "type";
  private static final String SEQUENCE = "Sequence";

  private TokenizerFileWriter() {}

  /**
   * Writes the file.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Vocabulary vocabulary, Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int id = 0; id < Vocabulary.SPECIAL.size(); id++) {
      added
          .addObject()
          .put("id", id)
          .put("content", Vocabulary.SPECIAL.get(id))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    root.set("normalizer", normalizer());
    root.set("pre_tokenizer", preTokenizer());
    root.set("post_processor", postProcessor());
    root.set("decoder", metaspace());
    root.set("model", model(vocabulary));
    JSON.writeValue(file.toFile(), root);
  }

  private static ObjectNode normalizer() {
    ObjectNode normalizer = JSON.createObjectNode().put(TYPE, SEQUENCE);
    ArrayNode steps = normalizer.putArray("normalizers");
    steps.addObject().put(TYPE, "NFKC");
    Pretokens.REPLACEMENTS.forEach(
        (from, to) -> {
          ObjectNode step = steps.addObject().put(TYPE, "Replace");
          step.putObject("pattern").put("String", from);
          step.put("content", to);
        });
    return normalizer;
  }

  private static ObjectNode preTokenizer() {
    ObjectNode cutter = JSON.createObjectNode().put(TYPE, SEQUENCE);
    ArrayNode steps = cutter.putArray("pretokenizers");
    steps.add(metaspace());
    steps.addObject().put(TYPE, "Punctuation").put("behavior", "Isolated");
    steps.addObject().put(TYPE, "Digits").put("individual_digits", true);
    return cutter;
  }

  private static ObjectNode metaspace() {
    return JSON.createObjectNode()
        .put(TYPE, "Metaspace")
        .put("replacement", String.valueOf(Pretokens.SPACE))
        .put("prepend_scheme", "always")
        .put("split", true);
  }

  private static ObjectNode postProcessor() {
    ObjectNode frame = JSON.createObjectNode().put(TYPE, "TemplateProcessing");
    for (String kind : List.of("single", "pair")) {
      ArrayNode pieces = frame.putArray(kind);
      addPiece(pieces, "Sequence", "A");
      if (kind.equals("pair")) {
        addPiece(pieces, "Sequence", "B");
      }
      addPiece(pieces, "SpecialToken", Vocabulary.SPECIAL.get(2));
    }
    ObjectNode end = frame.putObject("special_tokens").putObject(Vocabulary.SPECIAL.get(2));
    end.put("id", Vocabulary.SPECIAL.get(2));
    end.putArray("ids").add(2);
    end.putArray("tokens").add(Vocabulary.SPECIAL.get(2));
    return frame;
  }

  private static void addPiece(ArrayNode pieces, String kind, String id) {
    pieces.addObject().putObject(kind).put("id", id).put("type_id", 0);
  }

  private static ObjectNode model(Vocabulary vocabulary) {
    ObjectNode model = JSON.createObjectNode().put(TYPE, "BPE");
    model.putNull("dropout");
    model.put("unk_token", Vocabulary.SPECIAL.get(3));
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", true);
    model.put("byte_fallback", false);
    ObjectNode ids = model.putObject("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      ids.put(vocabulary.tokens().get(id), id);
    }
    ArrayNode merges = model.putArray("merges");
    vocabulary.merges().forEach(merge -> merges.add(merge.left() + " " + merge.right()));
    return model;
  }
}
