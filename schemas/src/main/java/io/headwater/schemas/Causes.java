package io.headwater.schemas;

/** What is told of a failure to people: of many causes the innermost, of many lines the first. */
public final class Causes {
  private static final int DEEPEST = 10;

  private Causes() {}

  /** The cause that has no other. */
  public static Throwable innermost(Throwable why) {
    Throwable cause = why;
    for (int depth = 0; depth < DEEPEST && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The first line of its message: a failed login has the whole trace of its cause in it. */
  public static String firstLine(Throwable why) {
    return String.valueOf(why.getMessage()).lines().findFirst().orElse("");
  }
}
