package io.headwater.load.river.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells English from the other languages of the sample messages by their smallest words. */
final class EnglishWords {
  private static final Set<String> ENGLISH =
      words(
          "the and is are was were you i it's i'm my of to for with this that have has be at it we"
              + " he she they not but so just from what will would can about your been");
  private static final Set<String> OTHERS =
      words(
          "der die das und ist nicht ich du ein eine mit für auf den dem zu sich wir es im von auch"
              + " le la les des et est une un pas je tu il elle nous vous dans pour que qui sur au ce"
              + " el los las y no por con una para del se lo como más pero al su muy mi te sus ha");

  private EnglishWords() {}

  /** Whether more of the small words in it are English than not. */
  static boolean areIn(String text) {
    int balance = 0;
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}']+")) {
      balance += ENGLISH.contains(word) ? 1 : 0;
      balance -= OTHERS.contains(word) ? 1 : 0;
    }
    return balance > 0;
  }

  private static Set<String> words(String spaced) {
    return Set.copyOf(List.of(spaced.split(" ")));
  }
}
