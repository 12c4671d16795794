package io.headwater.models;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a folder into a {@link ModelPackage}, or says in one line why it is none. */
final class PackageReader {

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private PackageReader() {}

  static ModelPackage read(Path folder, Optional<ModelId> known) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidModelPackageException(folder, "there is no such folder");
    }
    try {
      if (Files.exists(folder.resolve(ModelDescriptor.FILE))) {
        ModelDescriptor descriptor = described(folder);
        TokenizerFile tokenizer = tokenizer(folder);
        requireLanguageTokens(descriptor, tokenizer);
        return new ModelPackage(folder, descriptor, tokenizer);
      }
      if (Files.exists(folder.resolve(TranslationLayout.ENCODER))) {
        return OptimumTranslationFolder.read(folder, known);
      }
      ModelDescriptor descriptor = HuggingFaceFolder.describe(folder, known);
      return new ModelPackage(folder, descriptor, tokenizer(folder));
    } catch (JacksonException e) {
      throw new InvalidModelPackageException(folder, readable(e), e);
    } catch (IOException e) {
      throw new InvalidModelPackageException(folder, "cannot be read: " + e, e);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new InvalidModelPackageException(folder, String.valueOf(e.getMessage()), e);
    }
  }

  /** A model that is told its languages by tokens must have one for each that it claims. */
  private static void requireLanguageTokens(ModelDescriptor descriptor, TokenizerFile tokenizer) {
    if (tokenizer.languageTokens().isEmpty()) {
      return;
    }
    for (LanguagePair pair : descriptor.pairs()) {
      for (String language : List.of(pair.from(), pair.to())) {
        if (tokenizer.languageToken(language).isEmpty()) {
          throw new IllegalArgumentException(
              "pairs name language " + language + ", for which the tokenizer has no token");
        }
      }
    }
  }

  private static TokenizerFile tokenizer(Path folder) throws IOException {
    return TokenizerFile.read(folder.resolve(ModelDescriptor.TOKENIZER));
  }

  private static ModelDescriptor described(Path folder) throws IOException {
    Path file = folder.resolve(ModelDescriptor.FILE);
    ModelDescriptor descriptor =
        STRICT.readValue(file.toFile(), ModelDescriptor.Json.class).toDescriptor();
    for (Map.Entry<String, String> expected : descriptor.files().entrySet()) {
      verify(folder, expected.getKey(), expected.getValue());
    }
    return descriptor;
  }

  private static void verify(Path folder, String name, String expected) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("file " + name + " is missing");
    }
    String actual = FileDigest.sha256(file);
    if (!actual.equals(expected)) {
      throw new IllegalArgumentException(
          "file " + name + " has sha256 " + actual + ", but model.json names " + expected);
    }
  }

  private static String readable(JacksonException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown key \""
          + unknown.getPropertyName()
          + "\"; known keys: "
          + unknown.getKnownPropertyIds();
    }
    Throwable cause = e.getCause();
    boolean ours =
        cause instanceof IllegalArgumentException || cause instanceof NullPointerException;
    String fault = ours && cause != null ? cause.getMessage() : e.getOriginalMessage();
    String where =
        e.getLocation() == null || e.getLocation().getLineNr() < 0
            ? ""
            : " (line " + e.getLocation().getLineNr() + ")";
    return "its JSON does not fit: " + fault + where;
  }
}
