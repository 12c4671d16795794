package io.headwater.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Tells versions, as {@code --version} prints them. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "headwater " + version(),
      "java %s (%s)"
          .formatted(System.getProperty("java.version"), System.getProperty("java.vendor"))
    };
  }

  static String version() {
    return Optional.ofNullable(VersionProvider.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
