package io.headwater.trainer.lexicon;

/**
 * A text with its translation.
 *
 * @param source German
 * @param target English
 */
record MadePair(String source, String target) {}
