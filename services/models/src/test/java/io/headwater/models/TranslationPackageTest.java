package io.headwater.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TranslationPackageTest {

  @TempDir Path root;

  @Test
  void tellsWhatTheDescriptionSays() throws Exception {
    TranslationFolder.good(root);

    ModelPackage opened = ModelPackage.open(root);

    assertThat(opened.task()).isEqualTo("translation");
    assertThat(opened.languagePairs()).containsExactly(new LanguagePair("de", "en"));
    assertThat(opened.languages()).containsExactly("de");
    assertThat(opened.labels()).isEmpty();
    assertThat(opened.marksLanguages()).isFalse();
    TranslationFiles files = opened.translation().orElseThrow();
    assertThat(files.decoder()).isEqualTo(root.resolve("decoder_model_merged.onnx"));
    assertThat(files.decoderWithPast()).isEmpty();
    assertThat(files.config()).isEmpty();
    String lines =
        "decoder_model_merged.onnx:%s\nencoder_model.onnx:%s\n"
            .formatted(
                FileDigest.sha256(root.resolve("decoder_model_merged.onnx")),
                FileDigest.sha256(root.resolve("encoder_model.onnx")));
    assertThat(opened.modelDigest()).isEqualTo(FileDigest.sha256OfText(lines));
  }

  @Test
  void takesTheSeparateDecodersWhereThereIsNoMergedOne() {
    TranslationFolder.empty(root).separate(TranslationFolder.anyModel(), false).describe();

    TranslationFiles files = ModelPackage.open(root).translation().orElseThrow();

    assertThat(files.decoder()).isEqualTo(root.resolve("decoder_model.onnx"));
    assertThat(files.decoderWithPast()).contains(root.resolve("decoder_with_past_model.onnx"));
  }

  @ParameterizedTest
  @CsvSource({
    "de, en, true",
    "deu, eng, true",
    "de-AT, en-US, true",
    "en, de, false",
    "de, de, false",
    "fr, en, false",
    "DEUTSCH, en, false",
    "'', en, false"
  })
  void supportsItsPairsUnderAnyOfTheirNames(String from, String to, boolean supported) {
    TranslationFolder.good(root);

    assertThat(ModelPackage.open(root).supports(from, to)).isEqualTo(supported);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spoilt")
  void refusesASpoiltPackageInOneLine(
      String fault, Consumer<TranslationFolder> spoil, String expected) {
    TranslationFolder made = TranslationFolder.good(root);
    spoil.accept(made);

    assertRefused(expected);
  }

  static Stream<Arguments> spoilt() {
    String pairs = "\"pairs\": [{\"from\": \"de\", \"to\": \"en\"}],";
    return Stream.of(
        spoilt(
            "a missing graph",
            "encoder_model.onnx is missing",
            it -> it.without("encoder_model.onnx")),
        spoilt("a changed graph", "has sha256", it -> it.text("encoder_model.onnx", "x")),
        spoilt("no pairs", "needs pairs", it -> it.edit("model.json", pairs, "")),
        spoilt(
            "a pair of one language",
            "translates de into itself",
            it -> it.edit("model.json", "\"to\": \"en\"", "\"to\": \"deu\"")),
        spoilt(
            "a language that is no code",
            "a pair's \"to\" is \"English\"",
            it -> it.edit("model.json", "\"to\": \"en\"", "\"to\": \"English\"")),
        spoilt(
            "labels",
            "a translation model has no labels",
            it -> it.edit("model.json", pairs, pairs + "\"labels\": [\"positive\"],")),
        spoilt(
            "other languages than the pairs have",
            "languages are [fr], but the pairs translate from [de]",
            it -> it.edit("model.json", pairs, pairs + "\"languages\": [\"fr\"],")),
        spoilt(
            "no decoder",
            "files does not list decoder_model_merged.onnx, or decoder_model.onnx with"
                + " decoder_with_past_model.onnx",
            it -> it.without("decoder_model_merged.onnx").describe()),
        spoilt(
            "half of a decoder",
            "files does not list decoder_with_past_model.onnx, which decoder_model.onnx needs",
            it ->
                it.without("decoder_model_merged.onnx").text("decoder_model.onnx", "x").describe()),
        spoilt(
            "no settings",
            "files does not list generation_config.json or config.json",
            it -> it.without("generation_config.json").describe()),
        spoilt(
            "a language without a token",
            "pairs name language de, for which the tokenizer has no token",
            it -> it.tokenizerWith("__en__", "__fr__").describe()));
  }

  private static Arguments spoilt(
      String fault, String expected, Consumer<TranslationFolder> spoil) {
    return Arguments.of(fault, spoil, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "opus-mt-de-en, de, en",
    "opus-mt-tc-big-en-tr, en, tr",
    "opus-mt-ceb-fi, ceb, fi",
    "opus-mt-deu-eng, de, en"
  })
  void readsThePairFromTheNameOfAnOpusModel(String name, String from, String to) {
    bare(root.resolve(name).resolve("1"));

    ModelPackage opened = new ModelCatalog(root).open(new ModelId(name, "1"));

    assertThat(opened.languagePairs()).containsExactly(new LanguagePair(from, to));
    assertThat(opened.maxTokens()).isEqualTo(64);
    assertThat(new ModelCatalog(root).list()).containsExactly(new ModelId(name, "1"));
  }

  @Test
  void readsThePairFromTheNameThatTheExportKeeps() {
    bare(root).text("config.json", "{\"_name_or_path\": \"Helsinki-NLP/opus-mt-fr-de\"}");

    ModelPackage opened = ModelPackage.open(root);

    assertThat(opened.languagePairs()).containsExactly(new LanguagePair("fr", "de"));
    assertThat(opened.id().version()).isEqualTo("sha256-" + opened.modelDigest().substring(0, 12));
  }

  @Test
  void readsTheLanguagesOfM2m100FromItsTokens() {
    bare(root).tokenizerWith("__de__", "__en__", "__zh__");

    ModelPackage opened = ModelPackage.open(root);

    assertThat(opened.languages()).isEqualTo(Set.of("de", "en", "zh"));
    assertThat(opened.languagePairs()).hasSize(6);
    assertThat(opened.languageToken("zh")).hasValue(TranslationFolder.VOCABULARY + 2);
    assertThat(opened.writes("de")).isTrue();
    assertThat(opened.writes("fr")).isFalse();
  }

  @Test
  void readsTheLanguagesOfNllbFromItsTokens() {
    bare(root)
        .tokenizerWith("deu_Latn", "eng_Latn", "zho_Hans", "zho_Hant", "arb_Arab", "ceb_Latn");

    ModelPackage opened = ModelPackage.open(root);

    assertThat(opened.languages())
        .isEqualTo(Set.of("ar", "ceb", "de", "en", "zh", "zh-Hans", "zh-Hant"));
    assertThat(opened.languageToken("zh")).hasValue(TranslationFolder.VOCABULARY + 2);
    assertThat(opened.languageToken("zh-Hant")).hasValue(TranslationFolder.VOCABULARY + 3);
    assertThat(opened.languageToken("de-CH")).hasValue(TranslationFolder.VOCABULARY);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unclear")
  void refusesAnUnclearExportInOneLine(
      String fault, Consumer<TranslationFolder> spoil, String expected) {
    spoil.accept(bare(root).text("config.json", "{\"_name_or_path\": \"x/opus-mt-de-en\"}"));

    assertRefused(expected);
  }

  static Stream<Arguments> unclear() {
    return Stream.of(
        spoilt(
            "no decoder",
            "it has no model.json, and as an Optimum export it lacks decoder_model_merged.onnx",
            it -> it.without("decoder_model_merged.onnx")),
        spoilt("no tokenizer", "it lacks tokenizer.json", it -> it.without("tokenizer.json")),
        spoilt(
            "the pieces of NLLB",
            "it lacks tokenizer.json and has only sentencepiece.bpe.model; write it once: python -c"
                + " \"from transformers import AutoTokenizer as T; T.from_pretrained('",
            it -> it.without("tokenizer.json").text("sentencepiece.bpe.model", "")),
        spoilt(
            "the pieces of M2M100",
            "take the tokenizer.json of Xenova/m2m100_418M",
            it ->
                it.without("tokenizer.json")
                    .text("vocab.json", "{}")
                    .text("sentencepiece.bpe.model", "")),
        spoilt(
            "the pieces of Marian",
            "python -m scripts.convert --model_id NAME",
            it -> it.without("tokenizer.json").text("source.spm", "")),
        spoilt(
            "a family of languages",
            "neither its tokens nor a name such as opus-mt-de-en tell what it translates",
            it -> it.text("config.json", "{\"_name_or_path\": \"x/opus-mt-gmw-en\"}")),
        spoilt(
            "several targets",
            "write a model.json with one target's pairs and \"textPrefix\": \">>fra<< \"",
            it -> it.tokenizerWith(">>fra<<", ">>spa<<")));
  }

  private void assertRefused(String expected) {
    assertThatThrownBy(() -> ModelPackage.open(root))
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining(root.toString())
        .hasMessageContaining(expected)
        .message()
        .doesNotContain("\n");
  }

  private static TranslationFolder bare(Path folder) {
    return TranslationFolder.empty(folder)
        .merged(TranslationFolder.anyModel(), false)
        .text("config.json", "{\"max_position_embeddings\": 64}");
  }
}
