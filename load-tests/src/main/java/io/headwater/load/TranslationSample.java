package io.headwater.load;

import io.headwater.models.ModelPackage;
import io.headwater.models.text.PackageTokenizer;
import io.headwater.models.text.SourceFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** German sentences of 2 to 40 words, as a conversation has them. */
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

  private static final List<String> OPENINGS =
      List.of(
          "",
          "Nein , ",
          "Vielen Dank , aber ",
          "Mein Bruder sagt , ",
          "Wie ich schon am Telefon sagte : ",
          "Es tut mir leid , dass ich erst heute antworte , ",
          "Nach fast drei Jahren mit Ihrer Firma muss ich sagen : ",
          "Nachdem ich den ganzen Tag auf eine Antwort gewartet habe , sage ich es noch einmal : ");

  private static final List<String> REMARKS =
      List.of(
          "es geht nicht .",
          "ich warte .",
          "das war gut .",
          "wir kommen morgen .",
          "er hat mir geholfen .",
          "das Zimmer war sauber und ruhig .",
          "ich habe noch keine Rechnung bekommen .",
          "der Fahrer war freundlich und sehr pünktlich .",
          "die Tür lässt sich nicht mehr öffnen .",
          "meine Schwester möchte das gleiche Buch haben .",
          "ich kann mich seit heute Morgen nicht mehr anmelden .",
          "bitte sagen Sie mir , wann ich mein Geld zurück bekomme .",
          "das Essen war kalt und wir mussten eine Stunde warten .",
          "ich würde es wieder kaufen , wenn es etwas billiger wäre .",
          "Tom wollte uns besuchen , aber der Zug ist wegen des Schnees nicht gefahren .",
          "ich verstehe nicht , warum niemand die Nachricht gelesen hat , die ich am Montag an alle"
              + " geschickt habe .");

  private TranslationSample() {}

  /** Eight sentences as the model reads them, its special tokens included. */
  static List<int[]> sources(ModelPackage model) {
    return sources(model, SENTENCES);
  }

  /** As many as wait in a backlog: 128 sentences, all different, 3 to 35 words each, mixed. */
  static List<int[]> backlog(ModelPackage model) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < REMARKS.size() * OPENINGS.size(); i++) {
      int remark = i % REMARKS.size();
      sentences.add(
          OPENINGS.get((i / REMARKS.size() + remark) % OPENINGS.size()) + REMARKS.get(remark));
    }
    return sources(model, sentences);
  }

  private static List<int[]> sources(ModelPackage model, List<String> sentences) {
    try (PackageTokenizer tokenizer = PackageTokenizer.open(model)) {
      SourceFrame frame = tokenizer.frame("de");
      List<int[]> sources = new ArrayList<>();
      for (String sentence : sentences) {
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
