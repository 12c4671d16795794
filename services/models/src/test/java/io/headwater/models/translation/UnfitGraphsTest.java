package io.headwater.models.translation;

import static io.headwater.models.translation.OnnxSketch.FLOAT;
import static io.headwater.models.translation.OnnxSketch.INT64;
import static io.headwater.models.translation.OnnxSketch.integer;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.models.InvalidModelPackageException;
import io.headwater.models.ModelPackage;
import io.headwater.models.TranslationFolder;
import io.headwater.models.engine.EngineOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs and settings that do not fit are refused at load, each with one line that says why. */
class UnfitGraphsTest {

  private static final String CONFIG = "generation_config.json";

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("unfit")
  void refusesWhatDoesNotFitInOneLine(
      String fault, Consumer<TranslationFolder> spoil, String[] pieces) {
    TranslationFolder made =
        TranslationFolder.empty(folder).separate(TranslationFolder.anyModel(), false);
    spoil.accept(made);
    made.describe();

    ModelPackage model = ModelPackage.open(folder);
    assertThatThrownBy(() -> TranslationEngine.open(model, EngineOptions.cpu()).close())
        .as(fault)
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContainingAll(pieces)
        .message()
        .doesNotContain("\n");
  }

  static Stream<Arguments> unfit() {
    return Stream.concat(unfitGraphs(), unfitSettings());
  }

  private static Stream<Arguments> unfitGraphs() {
    TinyTransformerGraphs graphs = new TinyTransformerGraphs(TranslationFolder.anyModel(), false);
    return Stream.of(
        unfit("no graph", it -> it.text("decoder_model.onnx", "hello"), "cannot load"),
        unfit(
            "an encoder with another output",
            it -> it.bytes("encoder_model.onnx", encoder("pooled")),
            "encoder_model.onnx has the outputs [pooled]",
            "needed is last_hidden_state"),
        unfit(
            "an encoder with other inputs",
            it -> it.bytes("encoder_model.onnx", graphs.decoder()),
            "encoder_model.onnx has the inputs [encoder_attention_mask, encoder_hidden_states,"
                + " input_ids]",
            "needed are input_ids and attention_mask"),
        unfit(
            "a decoder without past",
            it -> it.bytes("decoder_with_past_model.onnx", graphs.decoder()),
            "decoder_with_past_model.onnx has the inputs [encoder_attention_mask,",
            "needed are past_key_values.0.decoder.key"),
        unfit(
            "a merged decoder without its switch",
            it -> it.bytes("decoder_model_merged.onnx", graphs.decoderWithPast()),
            "decoder_model_merged.onnx has the inputs",
            "needed are [input_ids, encoder_hidden_states, use_cache_branch]"),
        unfit(
            "a first decoder that is the later one",
            it -> it.bytes("decoder_model.onnx", graphs.decoderWithPast()),
            "decoder_model.onnx has the inputs"),
        unfit(
            "fewer scores than the tokenizer has tokens",
            it -> it.separate(TinyTransformer.random(1, 23, 16, 2, 1, 0), false),
            "the decoder scores 23 tokens, but the tokenizer's vocabulary has 24"),
        unfit(
            "more scores than the tokenizer has tokens",
            it -> it.separate(TinyTransformer.random(1, 30, 16, 2, 1, 0), false),
            "the decoder scores 30 tokens, but the tokenizer's vocabulary has 24"));
  }

  private static Stream<Arguments> unfitSettings() {
    return Stream.of(
        unfit(
            "longer translations than there are positions",
            it -> it.edit(CONFIG, "\"max_length\": 16", "\"max_length\": 99"),
            "the graphs do not translate 24 tokens of a vocabulary of 24 into up to 99"),
        unfit(
            "a start that has no score",
            it ->
                it.edit(CONFIG, "\"decoder_start_token_id\": 1", "\"decoder_start_token_id\": 99"),
            "decoder_start_token_id has id 99, but the model scores 24 tokens"),
        unfit(
            "no start",
            it -> it.edit(CONFIG, "\"decoder_start_token_id\": 1, ", ""),
            "decoder_start_token_id is missing"),
        unfit(
            "no end",
            it -> it.edit(CONFIG, "\"eos_token_id\": 2, ", ""),
            "eos_token_id is missing"),
        unfit(
            "sampling",
            it -> it.edit(CONFIG, "\"num_beams\": 1", "\"do_sample\": true"),
            "the generation config has do_sample true, which is not supported"),
        unfit(
            "a penalty for repetition",
            it -> it.edit(CONFIG, "\"num_beams\": 1", "\"repetition_penalty\": 1.2"),
            "the generation config has repetition_penalty 1.2, which is not supported"),
        unfit(
            "words that must be there",
            it -> it.edit(CONFIG, "\"num_beams\": 1", "\"force_words_ids\": [[4]]"),
            "the generation config has force_words_ids, which is not supported"));
  }

  private static Arguments unfit(
      String fault, Consumer<TranslationFolder> spoil, String... pieces) {
    return Arguments.of(fault, spoil, pieces);
  }

  private static byte[] encoder(String output) {
    OnnxSketch sketch = new OnnxSketch("encoder");
    sketch.input("input_ids", INT64, -1, -1).input("attention_mask", INT64, -1, -1);
    String product = sketch.op("Mul", "input_ids", "attention_mask");
    String numbers = sketch.op("Cast", List.of(integer("to", FLOAT)), product);
    return sketch.output(output, numbers, -1, -1).bytes();
  }

  @Test
  void acceptsSettingsThatSayTheUsual() {
    TranslationFolder.good(folder)
        .edit(
            CONFIG,
            "\"num_beams\": 1",
            "\"do_sample\": false, \"repetition_penalty\": 1, \"num_beam_groups\": null,"
                + " \"transformers_version\": \"4.46.3\"")
        .describe();

    TranslationEngine.open(ModelPackage.open(folder), EngineOptions.cpu()).close();
  }
}
