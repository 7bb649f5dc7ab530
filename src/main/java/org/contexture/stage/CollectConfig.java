package org.contexture.stage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * @param published what was published of it
   */
  public record Member(
      String run,
      Map<String, String> grid,
      Map<String, String> repeat,
      Map<String, String> tuned,
      Optional<Published> published) {}

  /**
   * A published figure.
   *
   * @param recallAt1 in percent, as it was printed
   * @param readOffPlot whether it was read by eye off a plot
   */
  public record Published(double recallAt1, boolean readOffPlot) {

    private Settings settings() {
      return Settings.builder()
          .put("recall_at_1", recallAt1)
          .put("read_off_plot", readOffPlot)
          .build();
    }
  }

  @Override
  public Settings settings() {
    Settings.Builder all = Settings.builder();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      Settings.Builder settings =
          Settings.builder()
              .put("run", member.run())
              .put("grid", texts(member.grid()))
              .put("repeat", texts(member.repeat()))
              .put("tuned", texts(member.tuned()));
      member.published().ifPresent(published -> settings.put("published", published.settings()));
      all.put(CollectStage.key(i), settings.build());
    }
    return Settings.builder().put("members", all.build()).build();
  }

  private static Settings texts(Map<String, String> values) {
    Settings.Builder texts = Settings.builder();
    values.forEach(texts::put);
    return texts.build();
  }
}
