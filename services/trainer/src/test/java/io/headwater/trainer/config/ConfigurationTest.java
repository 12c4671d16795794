package io.headwater.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headwater.trainer.learning.TrainingPlan;
import io.headwater.trainer.network.LayerForm;
import io.headwater.trainer.network.LayerForm.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  private static final String LEAST =
      """
      task: sentiment
      data: {train: [a.tsv], dev: [b.tsv]}
      """;

  @Test
  void whatIsNotSaidHasItsDefault() {
    Configuration least = Configuration.parse(LEAST);

    ModelSettings model = least.model().orElseThrow();
    assertThat(model.width()).isEqualTo(128);
    assertThat(model.vocabulary()).isEqualTo(8_000);
    assertThat(model.feedForward()).isEqualTo(512);
    assertThat(model.layers())
        .isEqualTo(List.of(LayerForm.dotProduct(4, 0.1f), LayerForm.dotProduct(4, 0.1f)));
    TrainingPlan plan = least.plan();
    assertThat(plan.epochs()).isEqualTo(3);
    assertThat(plan.average()).isEqualTo(0.999);
    assertThat(plan.regularisation().weightDecay()).isEqualTo(0.01);
    assertThat(plan.regularisation().labelSmoothing()).isEqualTo(0.1);
    assertThat(least.data().languages()).containsExactly("en");
  }

  @Test
  void everyKeyIsRead() {
    Configuration all =
        Configuration.parse(
            """
            task: sentiment
            seed: 5
            model:
              width: 64
              vocabulary: 900
              maxTokens: 40
              embedding: {dropout: 0.3, tied: false}
              norm: after
              activation: relu
              feedForward: 100
              dropout: 0.2
              shareLayers: false
              layers:
                - {repeat: 2, attention: {kind: dot-product, heads: 4, keyHeads: 2, dropout: 0.05}}
                - {attention: {kind: local, heads: 2, window: 8, globalTokens: 1}}
                - {attention: {kind: hierarchical, heads: 2, segment: 8}}
                - {attention: {kind: additive, heads: 2}}
                - {attention: {kind: general, heads: 2}}
            data: {train: [a.tsv, b.tsv], dev: [c.tsv], test: [d.tsv], languages: [de, en]}
            training:
              epochs: 1.5
              batchTokens: 500
              learningRate: 0.002
              warmUp: 10
              weightDecay: 0.2
              l1: 0.001
              labelSmoothing: 0.05
              maskTokens: 0.15
              agreement: 0.7
              clip: 2.0
              patience: 1
              evaluateEvery: 0.5
              average: 0
            """);

    ModelSettings model = all.model().orElseThrow();
    assertThat(model.normBefore()).isFalse();
    assertThat(model.layers())
        .extracting(LayerForm::kind)
        .containsExactly(
            Kind.DOT_PRODUCT,
            Kind.DOT_PRODUCT,
            Kind.LOCAL,
            Kind.HIERARCHICAL,
            Kind.ADDITIVE,
            Kind.GENERAL);
    assertThat(model.layers().get(2)).isEqualTo(new LayerForm(Kind.LOCAL, 2, 2, 0.1f, 8, 1));
    assertThat(all.data().test()).containsExactly(Path.of("d.tsv"));
    assertThat(all.plan().seed()).isEqualTo(5);
    assertThat(all.plan().evaluateEvery()).isEqualTo(0.5);
    assertThat(all.plan().regularisation().maskTokens()).isEqualTo(0.15);
    assertThat(all.plan().regularisation().agreement()).isEqualTo(0.7);
  }

  @Test
  void allFaultsAreToldTogetherWithTheirPaths() {
    InvalidConfigurationException e =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () ->
                Configuration.parse(
                    """
                    task: poetry
                    seed: one
                    model:
                      width: 127
                      wdith: 128
                      embedding: {dropout: 1.5}
                      layers:
                        - {attention: {heads: 4, keyHeads: 3}}
                        - {attention: {kind: sideways, heads: 0}}
                    data: {train: a.tsv}
                    training: {epochs: 0, learningRate: -1, agreement: -1}
                    """));

    assertThat(e.faults())
        .anySatisfy(fault -> assertThat(fault).startsWith("task is \"poetry\""))
        .anySatisfy(fault -> assertThat(fault).startsWith("seed is \"one\""))
        .anySatisfy(fault -> assertThat(fault).startsWith("model.width is 127; an even"))
        .anySatisfy(fault -> assertThat(fault).startsWith("model.wdith is not known"))
        .anySatisfy(fault -> assertThat(fault).startsWith("model.embedding.dropout is 1.5"))
        .anySatisfy(fault -> assertThat(fault).startsWith("model.layers[0].attention does not fit"))
        .anySatisfy(fault -> assertThat(fault).startsWith("model.layers[1].attention.kind is"))
        .anySatisfy(fault -> assertThat(fault).startsWith("model.layers[1].attention.heads is 0"))
        .anySatisfy(fault -> assertThat(fault).startsWith("data.train is \"a.tsv\"; a list"))
        .anySatisfy(fault -> assertThat(fault).startsWith("data.dev is empty"))
        .anySatisfy(fault -> assertThat(fault).startsWith("training.epochs is 0"))
        .anySatisfy(fault -> assertThat(fault).startsWith("training.learningRate is -1"))
        .anySatisfy(fault -> assertThat(fault).startsWith("training.agreement is -1"));
  }

  @Test
  void aPretrainedNetworkHasKeysOfItsOwn() {
    Configuration begun =
        Configuration.parse(
            LEAST + "model: {pretrained: encoder.jar, freeze: [embeddings], dropout: 0.2}\n");
    assertThat(begun.pretrained().orElseThrow().source()).isEqualTo(Path.of("encoder.jar"));
    assertThat(begun.maxTokens()).isEqualTo(512);

    InvalidConfigurationException e =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () -> Configuration.parse(LEAST + "model: {pretrained: encoder.jar, width: 8}\n"));
    assertThat(e.faults()).singleElement().asString().startsWith("model.width is not known here");
  }

  @Test
  void whatIsNoYamlIsSaidToBeNone() {
    InvalidConfigurationException e =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () -> Configuration.parse("task: sentiment\ntask: sentiment\n"));
    assertThat(e.faults()).singleElement().asString().startsWith("not YAML: line 2");
    assertThat(
            catchThrowableOfType(
                InvalidConfigurationException.class, () -> Configuration.parse("- a\n")))
        .hasMessageContaining("must be a mapping");
    assertThat(
            catchThrowableOfType(
                InvalidConfigurationException.class, () -> Configuration.parse("")))
        .hasMessageContaining("must be a mapping");
  }

  @Test
  void aTranslationIsForOtherCommands() {
    assertThat(
            catchThrowableOfType(
                InvalidConfigurationException.class,
                () -> Configuration.parse("task: translation\nmodel: {encoder: []}\n")))
        .hasMessage("task is translation; only train and export take it, this is for sentiment");
  }
}
