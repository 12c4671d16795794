package io.headwater.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageSignatureTest {
  private static final ModelId TINY = new ModelId("tiny", "1.0.0");

  @TempDir Path folder;
  private Path model;
  private Path key;
  private Path trusted;

  @BeforeEach
  void makeAPackageAndKeys() throws Exception {
    model = folder.resolve("models/tiny/1.0.0");
    PackageFolder.good(model);
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    key = PemFile.write(folder.resolve("signing.pem"), "PRIVATE KEY", pair.getPrivate());
    trusted = PemFile.write(folder.resolve("trusted.pem"), "PUBLIC KEY", pair.getPublic());
  }

  @Test
  void aPackageThatATrustedKeyHasSignedIsOpened() {
    assertThat(PackageSignature.sign(model, key)).exists().hasFileName("model.json.sig");

    assertThat(catalog(trusted).open(TINY).id()).isEqualTo(TINY);
  }

  @Test
  void withoutTrustedKeysNoSignatureIsAskedFor() {
    assertThat(new ModelCatalog(folder.resolve("models")).open(TINY).id()).isEqualTo(TINY);
  }

  @Test
  void aPackageWithoutASignatureIsRefused() {
    assertThatThrownBy(() -> catalog(trusted).open(TINY))
        .isInstanceOf(InvalidModelPackageException.class)
        .hasMessageContaining("it is not signed: there is no model.json.sig")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aSignatureOfSomebodyElseIsRefused() throws Exception {
    PackageSignature.sign(model, key);
    Path other =
        PemFile.write(
            folder.resolve("other.pem"),
            "PUBLIC KEY",
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());

    assertThatThrownBy(() -> catalog(other).open(TINY))
        .hasMessageContaining("by none of models.trusted.keys");
    // One of several is enough.
    assertThat(catalog(other, trusted).open(TINY).id()).isEqualTo(TINY);
  }

  @Test
  void whatWasChangedAfterTheSignatureIsRefused() throws IOException {
    PackageSignature.sign(model, key);
    Path described = model.resolve("model.json");
    Files.writeString(described, Files.readString(described).replace("For tests.", "For all."));

    assertThatThrownBy(() -> catalog(trusted).open(TINY))
        .hasMessageContaining("model.json was changed after it");
  }

  @Test
  void aFileThatWasChangedIsRefusedByItsHash() throws IOException {
    PackageSignature.sign(model, key);
    Path tokenizer = model.resolve("tokenizer.json");
    Files.writeString(tokenizer, Files.readString(tokenizer) + " ");

    assertThatThrownBy(() -> catalog(trusted).open(TINY)).hasMessageContaining("has sha256");
  }

  @Test
  void aSignatureFileThatHoldsNoneIsRefused() throws IOException {
    Files.writeString(model.resolve("model.json.sig"), "no base64 !");

    assertThatThrownBy(() -> catalog(trusted).open(TINY))
        .hasMessageContaining("by none of models.trusted.keys");
  }

  @Test
  void aFolderOfKeysCountsAndAnEmptyOneIsAFault() throws IOException {
    PackageSignature.sign(model, key);
    Path keys = Files.createDirectory(folder.resolve("keys"));
    assertThatThrownBy(() -> catalog(keys))
        .isInstanceOf(InvalidKeyFileException.class)
        .hasMessageContaining("is a folder without a file *.pem");

    Files.copy(trusted, keys.resolve("one.pem"));

    assertThat(catalog(keys).open(TINY).id()).isEqualTo(TINY);
  }

  @Test
  void aFileWithoutTheRightKeyIsNamedAndNotShown() throws Exception {
    assertThatThrownBy(() -> PackageSignature.sign(model, trusted))
        .isInstanceOf(InvalidKeyFileException.class)
        .hasMessageContaining("holds no PRIVATE KEY");
    Path rsa =
        PemFile.write(
            folder.resolve("rsa.pem"),
            "PRIVATE KEY",
            KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
    assertThatThrownBy(() -> PackageSignature.sign(model, rsa))
        .hasMessageContaining("is not Ed25519");
    assertThatThrownBy(() -> catalog(Path.of("/nowhere.pem")))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aDamagedPackageIsNotSigned() throws IOException {
    Files.writeString(model.resolve("tokenizer.json"), "{}");

    assertThatThrownBy(() -> PackageSignature.sign(model, key))
        .isInstanceOf(InvalidModelPackageException.class);
    assertThat(model.resolve("model.json.sig")).doesNotExist();
  }

  private ModelCatalog catalog(Path... keys) {
    return new ModelCatalog(
        folder.resolve("models"),
        TrustedKeys.in(List.of(keys).stream().map(Path::toString).toList()));
  }
}
