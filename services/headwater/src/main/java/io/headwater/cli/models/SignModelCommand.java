package io.headwater.cli.models;

import io.headwater.cli.ExitCodes;
import io.headwater.models.PackageSignature;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwater models sign}: who vouches for a package. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = {
      "Sign a package: write model.json.sig beside its model.json, which names the hash of each file.",
      "Instances with models.trusted.keys load only what is signed by one of those keys."
    },
    footer = {
      "",
      "Keys are Ed25519 in PEM:",
      "  openssl genpkey -algorithm ed25519 -out signing.pem",
      "  openssl pkey -in signing.pem -pubout -out trusted.pem",
      "",
      "Example:",
      "  headwater models sign --key signing.pem models/my-model/1.0.0"
    })
public final class SignModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The private key. It is read and nothing else.")
  private Path key;

  @Parameters(paramLabel = "FOLDER", description = "The package.")
  private Path folder;

  @Override
  public Integer call() {
    Path signature = PackageSignature.sign(folder, key);
    PrintWriter out = spec.commandLine().getOut();
    out.println("signed     %s".formatted(signature));
    out.flush();
    return ExitCodes.OK;
  }
}
