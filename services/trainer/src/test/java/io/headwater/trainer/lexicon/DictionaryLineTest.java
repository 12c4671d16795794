package io.headwater.trainer.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Lines of a dictionary; the words are ours. */
class DictionaryLineTest {
  @Test
  void formsAreTakenOneByOneAndRemarksLeftOut() {
    List<Sense> senses =
        senses(
            "Strickleiter {f} [naut.]; Seilleiter {f} (aus Hanf) | Strickleitern {pl} /SL/"
                + " :: rope ladder <ropeladder>; ladder of ropes [coll.] | rope ladders");

    List<String> one = List.of("rope ladder", "ladder of ropes");
    assertThat(senses)
        .containsExactly(
            new Sense(Optional.of(Gender.FEMININE), "Strickleiter", one),
            new Sense(Optional.of(Gender.FEMININE), "Seilleiter", one),
            new Sense(Optional.of(Gender.PLURAL), "Strickleitern", List.of("rope ladders")));
  }

  @Test
  void someoneAndSomethingAreWrittenInFull() {
    assertThat(senses("jdm. etw. leihen {vt} :: to lend sb. sth."))
        .containsExactly(
            new Sense(
                Optional.empty(), "jemandem etwas leihen", List.of("to lend somebody something")));
  }

  @Test
  void aMarkStaysWithItsWordWhereARemarkWasBetween() {
    assertThat(senses("Das spricht Bände [ugs.]. :: That says it all {phrase} ."))
        .containsExactly(
            new Sense(Optional.empty(), "Das spricht Bände.", List.of("That says it all.")));
  }

  @Test
  void sidesWithUnequalNumbersOfFormsSayNothing() {
    assertThat(senses("Leiter {f} | Leitern {pl} :: ladder")).isEmpty();
  }

  @Test
  void whatIsNotPlainWordsIsLeftOut() {
    assertThat(senses("H₂O {n}; Wasser {n} :: water; 水"))
        .extracting(Sense::german)
        .containsExactly("Wasser");
    assertThat(senses("Wasser {n} :: 水")).isEmpty();
  }

  @Test
  void aNounOfTwoGendersHasNone() {
    assertThat(senses("Gummi {m} {n} :: rubber"))
        .extracting(Sense::gender)
        .containsExactly(Optional.empty());
  }

  @Test
  void englishOfNoUseIsLeftOut() {
    DictionaryLine line = DictionaryLine.parse("Kahn {m} :: bark; boat").orElseThrow();

    assertThat(line.senses("boat"::equals))
        .containsExactly(new Sense(Optional.of(Gender.MASCULINE), "Kahn", List.of("boat")));
  }

  @Test
  void domainsAreNamed() {
    assertThat(DictionaryLine.parse("Base {f} [chem.] [ugs.] :: base").orElseThrow().domains())
        .containsExactlyInAnyOrder("chem", "ugs");
  }

  @Test
  void commentsAndOtherLinesAreNone() {
    assertThat(DictionaryLine.parse("# License :: mine")).isEmpty();
    assertThat(DictionaryLine.parse("Leiter - ladder")).isEmpty();
    assertThat(DictionaryLine.parse("")).isEmpty();
  }

  @Property
  void noLineBreaksItAndNoRemarkGetsThrough(@ForAll("pieces") @Size(max = 40) List<String> pieces) {
    DictionaryLine.parse(String.join("", pieces)).stream()
        .flatMap(line -> line.senses(text -> true).stream())
        .forEach(
            sense -> {
              assertThat(sense.german()).doesNotContainPattern("[\\[\\]{}()<>/|;:]").isNotBlank();
              assertThat(sense.english())
                  .isNotEmpty()
                  .allSatisfy(
                      text ->
                          assertThat(text)
                              .doesNotContainPattern("[\\[\\]{}()<>/|;:]")
                              .isNotBlank());
            });
  }

  @Property
  void whatWasWrittenIsRead(
      @ForAll("words") String german,
      @ForAll("words") String english,
      @ForAll("remarks") String remark) {
    assertThat(senses(german + " " + remark + " :: " + english + remark))
        .containsExactly(new Sense(Optional.empty(), german, List.of(english)));
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "Haus", "house", " ", " :: ", "::", "|", ";", "{f}", "{pl}", "[", "]", "(", ")", "{",
            "}", "<", ">", "/", "/AB/", "etw.", "sb.", "ß", "水", "#", ",")
        .list();
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .ofMinLength(1)
        .ofMaxLength(9)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(words -> words.stream().collect(Collectors.joining(" ")));
  }

  @Provide
  Arbitrary<String> remarks() {
    return Arbitraries.of("", "{adj}", "[ugs.]", "(so wie hier)", "<dort>", "/ABK/");
  }

  private static List<Sense> senses(String line) {
    return DictionaryLine.parse(line).orElseThrow().senses(text -> true);
  }
}
