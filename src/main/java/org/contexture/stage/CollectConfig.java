package org.contexture.stage;

import java.util.List;
import java.util.Map;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/**
 * Which experiments {@link CollectStage} gathers.
 *
 * @param members in the order of the results
 */
public record CollectConfig(List<Member> members) implements StageConfig {

  public CollectConfig {
    members = List.copyOf(members);
  }

  /**
   * One experiment of a sweep.
   *
   * @param run the run it belongs to
   * @param grid the value of each key of the grid
   * @param repeat the value of each key that tells repetitions apart
   * @param tuned the value of each tuned key
   */
  public record Member(
      String run,
      Map<String, String> grid,
      Map<String, String> repeat,
      Map<String, String> tuned) {}

  @Override
  public Settings settings() {
    Settings.Builder all = Settings.builder();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      all.put(
          CollectStage.key(i),
          Settings.builder()
              .put("run", member.run())
              .put("grid", texts(member.grid()))
              .put("repeat", texts(member.repeat()))
              .put("tuned", texts(member.tuned()))
              .build());
    }
    return Settings.builder().put("members", all.build()).build();
  }

  private static Settings texts(Map<String, String> values) {
    Settings.Builder texts = Settings.builder();
    values.forEach(texts::put);
    return texts.build();
  }
}
