package io.headwater.trainer.page;

/** Text within a page. */
public final class Html {
  private Html() {}

  /** The text as it stands in an element or an attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }
}
