package io.headwater.cli.river;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority of a test, and one certificate by it for servers on the loopback address.
 * Made by the JDK's own tool, as a person would.
 */
final class TestCertificates {
  static final String PASSWORD = "store-S3cret";

  private static final List<String> PROTECTED =
      List.of("-storetype", "PKCS12", "-storepass", PASSWORD);

  private final Path folder;

  private TestCertificates(Path folder) {
    this.folder = folder;
  }

  static TestCertificates in(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    TestCertificates made = new TestCertificates(folder);
    made.authority();
    made.server();
    return made;
  }

  /** The authority's certificate, PEM. */
  Path authorityFile() {
    return folder.resolve("ca.pem");
  }

  /** The server's key and certificate, PKCS12. */
  Path serverStore() {
    return folder.resolve("server.p12");
  }

  /** The authority's certificate, PKCS12. */
  Path trustStore() {
    return folder.resolve("trust.p12");
  }

  private void authority() throws IOException, InterruptedException {
    keytool(
        "ca.p12",
        "-genkeypair",
        "-alias",
        "ca",
        "-keyalg",
        "EC",
        "-dname",
        "CN=Test CA",
        "-ext",
        "bc:c",
        "-validity",
        "3650");
    keytool("ca.p12", "-exportcert", "-alias", "ca", "-rfc", "-file", at("ca.pem"));
    keytool("trust.p12", "-importcert", "-noprompt", "-alias", "ca", "-file", at("ca.pem"));
  }

  private void server() throws IOException, InterruptedException {
    keytool(
        "server.p12",
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-validity",
        "3650");
    keytool("server.p12", "-certreq", "-alias", "server", "-file", at("server.csr"));
    keytool(
        "ca.p12",
        "-gencert",
        "-alias",
        "ca",
        "-rfc",
        "-infile",
        at("server.csr"),
        "-outfile",
        at("server.pem"),
        "-ext",
        "san=ip:127.0.0.1,dns:localhost",
        "-validity",
        "3650");
    keytool("server.p12", "-importcert", "-noprompt", "-alias", "ca", "-file", at("ca.pem"));
    keytool(
        "server.p12", "-importcert", "-noprompt", "-alias", "server", "-file", at("server.pem"));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private void keytool(String store, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(PROTECTED);
    command.addAll(List.of("-keystore", at(store)));
    Path log = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + Files.readString(log));
    }
  }
}
