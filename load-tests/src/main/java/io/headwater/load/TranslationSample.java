package io.headwater.load;

import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SourceFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** German sentences of 4 to 40 words, as a conversation has them. */
final class TranslationSample {

  private static final List<String> SENTENCES =
      List.of(
          "Das ist leider kaputt .",
          "Wann kommt endlich mein Paket an ?",
          "Vielen Dank , das hat sehr gut funktioniert !",
          "Ich habe die Rechnung bezahlt , aber niemand hat mir geantwortet .",
          "Der neue Bildschirm ist viel besser als der alte und war auch noch günstiger .",
          "Wenn ich gewusst hätte , dass die Lieferung drei Wochen dauert , hätte ich woanders"
              + " bestellt .",
          "Gestern haben wir zum ersten Mal das Restaurant am Bahnhof besucht , und obwohl es sehr"
              + " voll war , wurden wir schnell und freundlich bedient .",
          "Nachdem der Kundendienst mir zweimal versprochen hatte , sich bis Freitag zu melden ,"
              + " habe ich am Montag selbst angerufen und nach einer halben Stunde in der"
              + " Warteschleife erfahren , dass meine Anfrage nie bearbeitet wurde .");

  private TranslationSample() {}

  /** The sentences as the model reads them, its special tokens included. */
  static List<int[]> sources(ModelPackage model) {
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model)) {
      SourceFrame frame = tokenizer.frame("de");
      List<int[]> sources = new ArrayList<>();
      for (String sentence : SENTENCES) {
        int[] ids = tokenizer.encode(sentence).ids();
        sources.add(
            IntStream.concat(
                    Arrays.stream(frame.before()),
                    IntStream.concat(Arrays.stream(ids), Arrays.stream(frame.after())))
                .toArray());
      }
      return sources;
    }
  }
}
