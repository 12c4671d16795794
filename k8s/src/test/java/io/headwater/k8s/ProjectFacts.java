package io.headwater.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.k8s.manifest.ManifestFolder;
import io.headwater.k8s.manifest.ManifestParser;
import io.headwater.k8s.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the rules must know of the project, from where it is written. */
final class ProjectFacts {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| ((?:`[^`]+`(?:, )?)+) \\|");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private ProjectFacts() {}

  static Policy policy(Path folder) {
    try {
      Path secret =
          Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef\n");
      return Policy.of(
          new Policy.Facts(
              property("headwater.version"),
              Map.of("apicurio/apicurio-registry", property("headwater.registry.version")),
              documentedSecrets(),
              alerts(),
              secret,
              ManifestFolder.of("k8s/src/test/resources/ca.crt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The table of secrets in the README: name, keys. */
  static Map<String, Set<String>> documentedSecrets() {
    Map<String, Set<String>> secrets = new TreeMap<>();
    Matcher row = ROW.matcher(ManifestFolder.read(ManifestFolder.of("k8s/README.md")));
    while (row.find()) {
      Set<String> keys = new TreeSet<>();
      Matcher key = CODE.matcher(row.group(2));
      while (key.find()) {
        keys.add(key.group(1));
      }
      secrets.put(row.group(1), keys);
    }
    return secrets;
  }

  private static JsonNode alerts() {
    String file = "infra/prometheus/rules.yaml";
    return ManifestParser.trees(file, ManifestFolder.read(ManifestFolder.of(file)))
        .get(0)
        .path("groups");
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("The build names no " + name);
    }
    return value;
  }
}
