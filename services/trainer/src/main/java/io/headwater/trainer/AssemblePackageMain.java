package io.headwater.trainer;

import java.io.IOException;
import java.nio.file.Path;

/** Makes a model package while Headwater is built: source folder, encoder, target folder. */
public final class AssemblePackageMain {

  private AssemblePackageMain() {}

  /** Called by the build of the model packages. */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("needed: source folder, encoder, target folder");
    }
    PackageAssembler assembler =
        new PackageAssembler(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    String tuned = System.getProperty("headwater.package.tuned", "");
    if (!tuned.isEmpty()) {
      assembler.accept(Path.of(tuned));
    } else if (Boolean.getBoolean("headwater.package.accept")) {
      assembler.accept();
    } else {
      assembler.assemble();
    }
  }
}
