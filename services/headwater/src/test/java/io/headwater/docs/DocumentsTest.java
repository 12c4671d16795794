package io.headwater.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages name must be there, and what is there must be on its page. */
class DocumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("headwater.root"));
  private static final Path OPERATIONS = ROOT.resolve("docs/operations.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern METER =
      Pattern.compile(
          "(?:builder|[cC]ounter|summary|timer|gauge)\\([^\"()]*\"(headwater\\.[a-z.]+)\"");
  private static final Pattern ALERT = Pattern.compile("(?m)^\\s*- alert: (\\w+)\\s*$");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");

  @Test
  void everyLinkBetweenPagesLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : files(ROOT, file -> file.toString().endsWith(".md"))) {
      String text = CODE.matcher(Files.readString(page)).replaceAll("");
      for (String target : matches(LINK, text)) {
        if (target.startsWith("http:") || target.startsWith("https:")) {
          continue;
        }
        String path = URI.create(target).getPath();
        Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!Files.exists(file)) {
          broken.add(ROOT.relativize(page) + " -> " + target);
        } else if (target.contains("#") && file.toString().endsWith(".md")) {
          String anchor = target.substring(target.indexOf('#') + 1);
          if (!anchors(file).contains(anchor)) {
            broken.add(ROOT.relativize(page) + " -> " + target);
          }
        }
      }
    }
    assertThat(broken).as("links that lead nowhere").isEmpty();
  }

  @Test
  void everyMetricIsOnTheOperatorsPage() throws IOException {
    Set<String> meters = new TreeSet<>();
    for (Path source :
        files(
            ROOT.resolve("services"),
            file -> file.toString().endsWith(".java") && file.toString().contains("src/main"))) {
      meters.addAll(matches(METER, Files.readString(source)));
    }
    assertThat(meters).as("meters found in the sources").contains("headwater.insights");
    String page = Files.readString(OPERATIONS);
    assertThat(meters)
        .as("meters that docs/operations.md does not name")
        .allMatch(meter -> page.contains(meter.replace('.', '_')));
  }

  @Test
  void everyAlertHasItsParagraph() throws IOException {
    List<String> alerts =
        matches(ALERT, Files.readString(ROOT.resolve("infra/prometheus/rules.yaml")));
    assertThat(alerts).as("alerts in the rules").hasSizeGreaterThan(5).doesNotHaveDuplicates();
    Set<String> anchors = anchors(OPERATIONS);
    assertThat(alerts)
        .as("alerts without a heading in docs/operations.md")
        .allMatch(alert -> anchors.contains(alert.toLowerCase(Locale.ROOT)));
  }

  /** The anchors of a page, as GitHub makes them of headings. */
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new TreeSet<>();
    String text = CODE.matcher(Files.readString(page)).replaceAll("");
    for (String line : text.lines().filter(each -> each.matches("#{1,6} .*")).toList()) {
      anchors.add(
          line.replaceFirst("^#+ ", "")
              .strip()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-'));
    }
    return anchors;
  }

  private static List<Path> files(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(
              file -> !file.toString().matches(".*/(target|node_modules|\\.git|\\.headwater)/.*"))
          .filter(wanted)
          .sorted()
          .toList();
    }
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }
}
