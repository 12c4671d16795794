package io.headwater.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headwater.trainer.network.Activation;
import io.headwater.trainer.network.DecoderForm;
import io.headwater.trainer.network.LayerForm;
import io.headwater.trainer.network.LayerForm.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationConfigurationTest {
  private static final String LEAST =
      """
      task: translation
      data: {train: [a.tsv], dev: [b.tsv], from: [de]}
      """;

  @Test
  void whatIsNotSaidHasItsDefault() {
    TranslationConfiguration least = TranslationConfiguration.parse(LEAST);

    ModelSettings sizes = least.model().encoder();
    LayerForm usual = LayerForm.dotProduct(4, 0.1f);
    assertThat(sizes.width()).isEqualTo(256);
    assertThat(sizes.vocabulary()).isEqualTo(6_000);
    assertThat(sizes.feedForward()).isEqualTo(1_024);
    assertThat(sizes.activation()).isEqualTo(Activation.RELU);
    assertThat(sizes.normBefore()).isTrue();
    assertThat(sizes.layers()).isEqualTo(Collections.nCopies(3, usual));
    assertThat(least.model().decoder()).isEqualTo(Collections.nCopies(2, DecoderForm.of(usual)));
    assertThat(least.model().tied()).isTrue();
    assertThat(least.maxTokens()).isEqualTo(256);
    assertThat(least.data().to()).isEqualTo("en");
    assertThat(least.data().devRows()).isEqualTo(500);
    assertThat(least.data().lowerCased()).isEqualTo(0.06);
    assertThat(least.plan().epochs()).isEqualTo(10);
    assertThat(least.plan().learningRate()).isEqualTo(0.0012);
    assertThat(least.plan().warmUp()).isEqualTo(500);
  }

  @Test
  void everyLayerHasItsOwnAttentions() {
    TranslationConfiguration mixed =
        TranslationConfiguration.parse(
            LEAST
                + """
                model:
                  width: 64
                  embedding: {tied: false}
                  norm: after
                  encoder:
                    - {attention: {kind: local, heads: 2, window: 8}}
                    - {repeat: 2, attention: {kind: hierarchical, heads: 2, segment: 8}}
                  decoder:
                    - attention: {kind: dot-product, heads: 4, keyHeads: 1}
                      cross: {kind: additive, heads: 2}
                    - {repeat: 2, attention: {kind: general, heads: 2}, cross: {heads: 8}}
                training: {epochs: 0.5, l1: 0.001, clip: 2}
                """);

    assertThat(mixed.model().encoder().layers())
        .extracting(LayerForm::kind)
        .containsExactly(Kind.LOCAL, Kind.HIERARCHICAL, Kind.HIERARCHICAL);
    List<DecoderForm> decoder = mixed.model().decoder();
    assertThat(decoder).hasSize(3);
    assertThat(decoder.get(0).attention().keyHeads()).isEqualTo(1);
    assertThat(decoder.get(0).cross().kind()).isEqualTo(Kind.ADDITIVE);
    assertThat(decoder.get(2).attention().kind()).isEqualTo(Kind.GENERAL);
    assertThat(decoder.get(2).cross().heads()).isEqualTo(8);
    assertThat(mixed.model().tied()).isFalse();
    assertThat(mixed.plan().regularisation().l1()).isEqualTo(0.001);
  }

  @Test
  void allFaultsAreToldTogetherWithTheirPaths() {
    InvalidConfigurationException e =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () ->
                TranslationConfiguration.parse(
                    """
                    task: translation
                    model:
                      width: 64
                      layers: []
                      maxTokens: 2
                      decoder:
                        - {attention: {kind: local, window: 8}, cross: {kind: hierarchical}}
                        - {attention: {heads: 5}, corss: {heads: 4}}
                    data: {train: [a.tsv], dev: [], from: [de, en], devRows: 0, lowerCased: 2}
                    training: {maskTokens: 0.1, epochs: 0}
                    """));

    assertThat(e.faults())
        .anySatisfy(fault -> assertThat(fault).startsWith("model.layers is not known here"))
        .anySatisfy(fault -> assertThat(fault).startsWith("model.maxTokens is 2"))
        .anySatisfy(
            fault ->
                assertThat(fault)
                    .isEqualTo(
                        "model.decoder[0].attention does not fit: local attention sees what comes"
                            + " later: it is for encoders, not for a decoder"))
        .anySatisfy(
            fault ->
                assertThat(fault)
                    .startsWith("model.decoder[0].cross does not fit: hierarchical attention"))
        .anySatisfy(
            fault -> assertThat(fault).startsWith("model.decoder[1].attention does not fit: 5"))
        .anySatisfy(fault -> assertThat(fault).startsWith("model.decoder[1].corss is not known"))
        .anySatisfy(fault -> assertThat(fault).startsWith("data.dev is empty"))
        .anySatisfy(fault -> assertThat(fault).startsWith("data.to is en, which is in data.from"))
        .anySatisfy(fault -> assertThat(fault).startsWith("data.devRows is 0"))
        .anySatisfy(fault -> assertThat(fault).startsWith("data.lowerCased is 2"))
        .anySatisfy(fault -> assertThat(fault).startsWith("training.maskTokens is not known"))
        .anySatisfy(fault -> assertThat(fault).startsWith("training.epochs is 0"));
  }

  @Test
  void theFileSaysWhichTaskItIsOf(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("any.yaml");

    Files.writeString(file, LEAST);
    assertThat(TaskConfiguration.read(file)).isInstanceOf(TranslationConfiguration.class);

    Files.writeString(file, "task: sentiment\ndata: {train: [a.tsv], dev: [b.tsv]}\n");
    assertThat(TaskConfiguration.read(file)).isInstanceOf(Configuration.class);
  }
}
