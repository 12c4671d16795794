package io.headwater.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a translation model in the folder that Hugging Face Optimum exports: encoder, decoder
 * (merged, or one graph for the first and one for later steps), {@code config.json}, {@code
 * generation_config.json}, {@code tokenizer.json}.
 *
 * <p>Which languages it translates is told by its tokens (M2M100, NLLB, mBART), else by its name
 * (OPUS-MT); write a {@code model.json} where neither does.
 */
final class OptimumTranslationFolder {

  /** Where the vocabularies lie that have to be turned into a tokenizer.json first. */
  private static final List<String> SENTENCE_PIECE =
      List.of("source.spm", "sentencepiece.bpe.model", "spiece.model");

  private static final Pattern OPUS =
      Pattern.compile("(?:.*/)?opus-mt-(?:[a-z]+-)*([a-z]{2,3})-([a-z]{2,3})");

  private OptimumTranslationFolder() {}

  static ModelPackage read(Path folder, Optional<ModelId> known) throws IOException {
    Set<String> names = filesIn(folder);
    TranslationLayout layout =
        TranslationLayout.of(names, "it has no model.json, and as an Optimum export it lacks ");
    requireTokenizer(folder, names);
    TokenizerFile tokenizer = TokenizerFile.read(folder.resolve(ModelDescriptor.TOKENIZER));
    JsonNode config =
        layout.hasConfig()
            ? new JsonMapper().readTree(folder.resolve(TranslationLayout.CONFIG).toFile())
            : new JsonMapper().createObjectNode();
    List<String> called = new ArrayList<>();
    known.ifPresent(id -> called.add(id.id()));
    called.add(config.path("_name_or_path").asText());
    called.add(String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
    Set<LanguagePair> pairs = pairs(tokenizer, called);
    Map<String, String> files = new TreeMap<>();
    for (String name : needed(layout, names)) {
      files.put(name, FileDigest.sha256(folder.resolve(name)));
    }
    String graphs = ModelDescriptor.graphDigest(files);
    ModelDescriptor descriptor =
        new ModelDescriptor(
            ModelDescriptor.TRANSLATION,
            known.orElseGet(() -> HuggingFaceFolder.idOf(folder, graphs)),
            files,
            List.of(),
            ModelDescriptor.sources(pairs),
            pairs,
            HuggingFaceFolder.maxTokens(folder, config),
            "",
            Pooling.FIRST,
            false,
            new ModelCard(
                "A translation model in the layout of Hugging Face Optimum.",
                "unknown",
                config.path("_name_or_path").asText("unknown"),
                "unknown",
                Map.of()));
    return new ModelPackage(folder, descriptor, tokenizer);
  }

  private static Set<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** The layout's files, the weights that lie beside graphs of more than 2 GB, the tokenizer. */
  private static Set<String> needed(TranslationLayout layout, Set<String> names) {
    Set<String> needed = new LinkedHashSet<>(layout.names());
    needed.add(ModelDescriptor.TOKENIZER);
    for (String graph : layout.names()) {
      for (String weights : List.of(graph + "_data", graph + ".data")) {
        if (names.contains(weights)) {
          needed.add(weights);
        }
      }
    }
    return needed;
  }

  private static void requireTokenizer(Path folder, Set<String> names) {
    if (names.contains(ModelDescriptor.TOKENIZER)) {
      return;
    }
    String fault = "it lacks " + ModelDescriptor.TOKENIZER;
    String pieces =
        SENTENCE_PIECE.stream()
            .filter(names::contains)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(fault));
    throw new IllegalArgumentException(
        fault + " and has only " + pieces + "; " + remedy(folder, names));
  }

  /** How to come by a tokenizer.json; Hugging Face itself writes none for two kinds of models. */
  private static String remedy(Path folder, Set<String> names) {
    if (names.contains("source.spm")) {
      return "transformers has no fast tokenizer for Marian models, so take the tokenizer.json that"
          + " transformers.js writes: python -m scripts.convert --model_id NAME";
    }
    if (names.contains("vocab.json")) {
      return "transformers has no fast tokenizer for M2M100 models, so take the tokenizer.json of"
          + " Xenova/m2m100_418M";
    }
    return "write it once: python -c \"from transformers import AutoTokenizer as T;"
        + " T.from_pretrained('%1$s').save_pretrained('%1$s')\"".formatted(folder);
  }

  private static Set<LanguagePair> pairs(TokenizerFile tokenizer, List<String> names) {
    Set<LanguagePair> pairs = new LinkedHashSet<>();
    Set<String> languages = new TreeSet<>(tokenizer.languageTokens().keySet());
    for (String from : languages) {
      for (String to : languages) {
        if (!from.equals(to)) {
          pairs.add(new LanguagePair(from, to));
        }
      }
    }
    if (!pairs.isEmpty()) {
      return pairs;
    }
    tokenizer
        .targetToken()
        .ifPresent(
            token -> {
              throw new IllegalArgumentException(
                  "it writes several languages and is told which by tokens such as "
                      + token
                      + "; write a model.json with one target's pairs and \"textPrefix\": \""
                      + token
                      + " \"");
            });
    return Set.of(
        names.stream()
            .flatMap(name -> OptimumTranslationFolder.named(name).stream())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "neither its tokens nor a name such as opus-mt-de-en tell what it"
                            + " translates (names: "
                            + names
                            + "); write a model.json with pairs")));
  }

  /** The pair that a name tells, as OPUS-MT has them: opus-mt-de-en, opus-mt-tc-big-en-tr. */
  private static Optional<LanguagePair> named(String name) {
    Matcher matcher = OPUS.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<String> from = LanguageCodes.single(matcher.group(1));
    Optional<String> to = LanguageCodes.single(matcher.group(2));
    return from.flatMap(
        source ->
            to.filter(target -> !target.equals(source))
                .map(target -> new LanguagePair(source, target)));
  }
}
