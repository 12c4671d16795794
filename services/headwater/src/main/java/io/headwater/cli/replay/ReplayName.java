package io.headwater.cli.replay;

import io.headwater.schemas.HeadwaterGroups;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of a replay, and of all that is named after it.
 *
 * @param name as the user gave it
 * @param livePrefix of the river that it belongs to
 */
record ReplayName(String name, String livePrefix) {
  /** Stands for the live river where a replay could be named. */
  static final String LIVE = "live";

  /** No dots: the topics of {@code a} would include those of {@code a.b}. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,59}");

  ReplayName {
    if (!FORM.matcher(name).matches() || name.equals(LIVE)) {
      throw new IllegalArgumentException(
          "'%s' cannot be a replay's name: use up to 60 letters, digits and hyphens, and not '%s'"
              .formatted(name, LIVE));
    }
  }

  /** Before every topic, group, transactional id and client id of the replay. */
  String prefix() {
    return new HeadwaterGroups(livePrefix).replays() + name + ".";
  }

  private HeadwaterGroups groups() {
    return new HeadwaterGroups(prefix());
  }

  String tokenizerGroup() {
    return groups().tokenizer();
  }

  /** Each task of the scorer has a group. */
  String scorerGroup(String task) {
    return groups().scorer(task);
  }

  String aggregatorGroup() {
    return groups().aggregator();
  }

  /** Client id of what counts messages and results. */
  String progressClient() {
    return prefix() + "headwater-replay";
  }

  String instanceId() {
    return "replay-" + name;
  }

  Path stateFolder(Path stateDirectory) {
    return stateDirectory.resolve("replay-" + name);
  }
}
