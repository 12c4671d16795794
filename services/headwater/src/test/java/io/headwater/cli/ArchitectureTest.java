package io.headwater.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.headwater.schemas.HeadwaterTopics;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dependency rule: topics are the only link between services, and packages have no cycles. */
class ArchitectureTest {
  private static final String BASE = "io.headwater.";
  private static final String[] SERVICES = {
    "tokenizer..", "scorer..", "aggregator..", "gateway..", "trainer.."
  };

  /** What each module of ours may see, besides itself. */
  private static final Map<String, String[]> MAY_SEE =
      Map.of(
          "avro..",
          new String[] {},
          "schemas..",
          new String[] {"avro.."},
          "runtime..",
          new String[] {},
          "models..",
          new String[] {},
          "tokenizer..",
          new String[] {"avro..", "schemas..", "runtime..", "models.."},
          "scorer..",
          new String[] {"avro..", "schemas..", "runtime..", "models.."},
          "aggregator..",
          new String[] {"avro..", "schemas..", "runtime..", "models.."},
          "gateway..",
          new String[] {"avro..", "schemas..", "runtime..", "models.."},
          "trainer..",
          new String[] {"models.."},
          "infra..",
          new String[] {});

  private static JavaClasses classes = new ClassFileImporter().importPackages();

  @BeforeAll
  static void importAll() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.headwater");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "avro..",
        "schemas..",
        "runtime..",
        "models..",
        "tokenizer..",
        "scorer..",
        "aggregator..",
        "gateway..",
        "trainer..",
        "infra.."
      })
  void aModuleSeesOnlyWhatItMay(String module) {
    String[] forbidden =
        MAY_SEE.keySet().stream()
            .filter(other -> !other.equals(module))
            .filter(other -> !Arrays.asList(allowed(module)).contains(other))
            .map(other -> BASE + other)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(BASE + module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .because(
            "services share schemas and nothing else: send a record, or move the code into schemas,"
                + " runtime or models")
        .allowEmptyShould(false)
        .check(classes);
  }

  @Test
  void noServiceSeesAnother() {
    for (String service : SERVICES) {
      String[] others =
          Stream.of(SERVICES)
              .filter(other -> !other.equals(service))
              .map(other -> BASE + other)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(BASE + service)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .allowEmptyShould(false)
          .check(classes);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schemas",
        "runtime",
        "models",
        "tokenizer",
        "scorer",
        "aggregator",
        "gateway",
        "trainer",
        "infra",
        "cli"
      })
  void packagesHaveNoCycles(String module) {
    slices()
        .matching(BASE + module + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("a cycle makes two packages one: move what both need into a third")
        .allowEmptyShould(true)
        .check(classes);
  }

  @Test
  void onlySettingsNameTheRiversTopics() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + "schemas..")
        .should()
        .callConstructor(HeadwaterTopics.class, String.class)
        .because(
            "messages.topic would be forgotten: use KafkaConnection.topics(HeadwaterTopics::of)")
        .allowEmptyShould(false)
        .check(classes);
  }

  @Test
  void pureCodeKnowsNoAdapters() {
    noClasses()
        .that()
        .resideInAnyPackage(
            BASE + "scorer.batch..",
            BASE + "scorer.sentiment..",
            BASE + "scorer.task..",
            BASE + "scorer.translation..",
            BASE + "tokenizer.text..",
            BASE + "tokenizer.plan..",
            BASE + "gateway.ingest..",
            BASE + "cli.replay.result..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "io.javalin..", "ai.onnxruntime..")
        .because("pure code is in the middle, adapters are outside")
        .allowEmptyShould(false)
        .check(classes);
  }

  private static String[] allowed(String module) {
    String[] allowed = MAY_SEE.get(module);
    return allowed == null ? new String[] {} : allowed;
  }
}
