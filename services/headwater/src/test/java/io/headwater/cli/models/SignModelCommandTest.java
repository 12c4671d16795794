package io.headwater.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.cli.Main;
import io.headwater.models.PackageFolder;
import io.headwater.models.PemFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SignModelCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path model;
  private Path key;
  private Path trusted;

  @BeforeEach
  void makeAPackageAndKeys() throws Exception {
    model = folder.resolve("given");
    PackageFolder.good(model);
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    key = PemFile.write(folder.resolve("signing.pem"), "PRIVATE KEY", pair.getPrivate());
    trusted = PemFile.write(folder.resolve("trusted.pem"), "PUBLIC KEY", pair.getPublic());
  }

  @Test
  void whereKeysAreTrustedOnlyASignedPackageIsValidAndIsAdded() {
    // given
    assertThat(run("models", "verify", model.toString())).isOne();
    assertThat(out.toString()).contains("NOT VALID").contains("it is not signed");
    assertThat(run("models", "add", model.toString(), "--without-golden")).isEqualTo(3);
    assertThat(err.toString()).contains("it is not signed").doesNotContain("Exception");
    assertThat(folder.resolve("models/tiny")).doesNotExist();

    // when
    assertThat(run("models", "sign", "--key", key.toString(), model.toString())).isZero();

    // then
    assertThat(run("models", "verify", model.toString())).isZero();
    assertThat(run("models", "add", model.toString(), "--without-golden")).isZero();
    assertThat(folder.resolve("models/tiny/1.0.0/model.json.sig")).exists();
    assertThat(run("models", "list")).isZero();
  }

  @Test
  void ofAFolderThatNobodyTrustedHasSignedNotEvenTheDescriptionIsRead() throws Exception {
    Files.writeString(model.resolve("model.json"), "no JSON");
    String texts = Files.writeString(folder.resolve("texts.tsv"), "neutral\tso\n").toString();

    assertThat(run("score", "--model", model.toString(), texts)).isEqualTo(3);
    assertThat(run("evaluate", "--model", model.toString(), "--data", texts)).isEqualTo(3);
    assertThat(run("diagnose", model.toString(), "--data", texts)).isEqualTo(3);

    assertThat(err.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.contains("it is not signed"));
  }

  @Test
  void aKeyThatIsNoneIsOneLine() {
    assertThat(run("models", "sign", "--key", trusted.toString(), model.toString())).isEqualTo(3);

    assertThat(err.toString().lines())
        .containsExactly(
            "headwater: key file %s holds no PRIVATE KEY in PEM (one, not encrypted)"
                .formatted(trusted));
  }

  private int run(String... words) {
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    String[] all = Arrays.copyOf(words, words.length + (words[1].equals("sign") ? 0 : 4));
    if (!words[1].equals("sign")) {
      all[words.length] = "--set";
      all[words.length + 1] = "models.trusted.keys=" + trusted;
      all[words.length + 2] = "--set";
      all[words.length + 3] = "models.directory=" + folder.resolve("models");
    }
    return commands.execute(all);
  }
}
