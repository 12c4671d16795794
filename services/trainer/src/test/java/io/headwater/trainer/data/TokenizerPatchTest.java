package io.headwater.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerPatchTest {
  @TempDir Path folder;

  /** Appendix A of RFC 7396: a document, a patch, and what comes out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":"b"}             | {"a":"c"}              | {"a":"c"}
          {"a":"b"}             | {"b":"c"}              | {"a":"b","b":"c"}
          {"a":"b"}             | {"a":null}             | {}
          {"a":"b","b":"c"}     | {"a":null}             | {"b":"c"}
          {"a":["b"]}           | {"a":"c"}              | {"a":"c"}
          {"a":"c"}             | {"a":["b"]}            | {"a":["b"]}
          {"a":{"b":"c"}}       | {"a":{"b":"d","c":null}} | {"a":{"b":"d"}}
          {"a":[{"b":"c"}]}     | {"a":[1]}              | {"a":[1]}
          ["a","b"]             | ["c","d"]              | ["c","d"]
          {"a":"b"}             | ["c"]                  | ["c"]
          {"a":"foo"}           | null                   | null
          {"a":"foo"}           | "bar"                  | "bar"
          {"e":null}            | {"a":1}                | {"e":null,"a":1}
          [1,2]                 | {"a":"b","c":null}     | {"a":"b"}
          {}                    | {"a":{"bb":{"ccc":null}}} | {"a":{"bb":{}}}
          """)
  void doesAsTheStandardSays(String document, String patch, String result) throws Exception {
    JsonMapper mapper = new JsonMapper();

    assertThat(mapper.readTree(TokenizerPatch.merge(document, patch)))
        .isEqualTo(mapper.readTree(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":                    | is no JSON
          [1]                      | is no JSON object
          {"model": {"vocab": {}}} | changes "model": only normalizer and pre_tokenizer can change
          """)
  void refusesWhatIsNoPatchOfATokenizer(String patch, String words) throws Exception {
    Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), "{}");
    Path changes = Files.writeString(folder.resolve("patch.json"), patch);

    assertThatThrownBy(() -> TokenizerPatch.write(tokenizer, changes, folder.resolve("out")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(changes.toString())
        .hasMessageContaining(words);
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
