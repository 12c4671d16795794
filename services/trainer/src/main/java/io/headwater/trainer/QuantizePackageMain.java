package io.headwater.trainer;

import java.io.IOException;
import java.nio.file.Path;

/** Makes an int8 package while Headwater is built: source folder, fp32 package, target folder. */
public final class QuantizePackageMain {
  private QuantizePackageMain() {}

  /** Called by the build of the model packages. */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("needed: source folder, fp32 package, target folder");
    }
    QuantizedAssembler assembler =
        new QuantizedAssembler(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    if (Boolean.getBoolean("headwater.package.accept")) {
      assembler.accept();
    } else {
      assembler.assemble();
    }
  }
}
