package io.headwater.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMergePatchTest {

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

    assertThat(mapper.readTree(JsonMergePatch.apply(document, patch)))
        .isEqualTo(mapper.readTree(result));
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThatThrownBy(() -> JsonMergePatch.apply("{}", "{\"a\":"))
        .isInstanceOf(JsonProcessingException.class);
  }
}
