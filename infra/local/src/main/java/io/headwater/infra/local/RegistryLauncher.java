package io.headwater.infra.local;

import java.io.IOException;

/**
 * First class of the registry's process: ties the registry's life to its parent's, then runs it.
 *
 * <p>The parent holds the other end of this process's standard input. A byte on it asks for an
 * orderly stop. Its end without a byte means that the parent is gone, killed perhaps, and this
 * process ends at once, so that it never holds a port that nobody will free.
 *
 * <p>This class file is copied out and run on a class path of the registry's own: it must stay a
 * single class and use nothing but the JDK.
 */
public final class RegistryLauncher {
  private static final long LONGEST_STOP_MILLIS = 5_000;

  private RegistryLauncher() {}

  /** The one argument is the name of the class whose {@code main} is the registry. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    ignoreInterrupts();
    startDaemon("headwater-parent-watch", RegistryLauncher::stopWithParent);
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }

  /*
   * Ctrl-C reaches every process of the terminal. The registry must outlive the services that still
   * close, so it waits for its parent's word. By reflection: the compiler knows no public API.
   */
  private static void ignoreInterrupts() throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    signal
        .getMethod("handle", signal, handler)
        .invoke(
            null,
            signal.getConstructor(String.class).newInstance("INT"),
            handler.getField("SIG_IGN").get(null));
  }

  private static void stopWithParent() {
    if (!askedToStop()) {
      Runtime.getRuntime().halt(0);
    }
    startDaemon("headwater-stop-limit", RegistryLauncher::haltAfterLongestStop);
    System.exit(0);
  }

  private static boolean askedToStop() {
    try {
      return System.in.read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void haltAfterLongestStop() {
    try {
      Thread.sleep(LONGEST_STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private static void startDaemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
