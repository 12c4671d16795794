package io.headwater.k8s.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The schemas of KEDA's objects, for which there are no Java types. */
final class KedaSchemas {
  private static final Map<String, JsonSchema> SCHEMAS =
      Stream.of("ScaledObject", "TriggerAuthentication")
          .collect(Collectors.toMap(Function.identity(), KedaSchemas::read));

  private KedaSchemas() {}

  static boolean knows(String apiVersion, String kind) {
    return apiVersion.equals("keda.sh/v1alpha1") && SCHEMAS.containsKey(kind);
  }

  /**
   * Validates an object.
   *
   * @throws InvalidManifestException with all that is wrong
   */
  static void check(String source, String kind, JsonNode tree) {
    JsonSchema schema = SCHEMAS.get(kind);
    if (schema == null) {
      throw new InvalidManifestException(source + ": no schema for " + kind);
    }
    var faults = schema.validate(tree);
    if (!faults.isEmpty()) {
      throw new InvalidManifestException(
          source
              + ": "
              + faults.stream()
                  .map(ValidationMessage::getMessage)
                  .sorted()
                  .collect(Collectors.joining("; ")));
    }
  }

  private static JsonSchema read(String kind) {
    String name = "/keda/" + kind + ".json";
    try (InputStream text = KedaSchemas.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException("There is no " + name);
      }
      return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
