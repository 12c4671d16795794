package io.headwater.trainer;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes the package of a trained encoder while Headwater is built: source folder, encoder, target
 * folder. With a fourth argument, a trained graph, it first puts that among the sources.
 */
public final class TunedPackageMain {
  private TunedPackageMain() {}

  /** Called by the build of the model packages. */
  public static void main(String[] args) throws IOException {
    if (args.length != 3 && args.length != 4) {
      throw new IllegalArgumentException(
          "needed: source folder, encoder, target folder, and perhaps a trained graph to keep");
    }
    TunedAssembler assembler =
        new TunedAssembler(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    if (args.length == 4) {
      assembler.keep(Path.of(args[3]));
      assembler.accept();
    } else if (Boolean.getBoolean("headwater.package.accept")) {
      assembler.accept();
    } else {
      assembler.assemble();
    }
  }
}
