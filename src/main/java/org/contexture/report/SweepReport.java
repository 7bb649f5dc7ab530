package org.contexture.report;

import java.util.List;

/**
 * What a sweep came to.
 *
 * @param name of the sweep
 * @param entries its experiments
 * @param metrics that are shown, the first one in the headline
 * @param command the command that makes it again
 * @param lookUp the command that shows every experiment
 * @param codeVersion the Contexture that wrote this
 */
public record SweepReport(
    String name,
    List<SweepEntry> entries,
    List<String> metrics,
    String command,
    String lookUp,
    String codeVersion) {

  public SweepReport {
    entries = List.copyOf(entries);
    metrics = List.copyOf(metrics);
  }

  SweepTable table() {
    return new SweepTable(entries);
  }

  /** What the figures are, a sentence or two. */
  String note() {
    String spread =
        table().repetitions() > 1
            ? "; mean ± standard deviation of %d repetitions".formatted(table().repetitions())
            : "";
    String published =
        table().hasPublished()
            ? " Difference: what was measured less what was published, in points; ~ was read off a"
                + " plot."
            : "";
    return "Percent, on test classes%s.%s".formatted(spread, published);
  }

  /** What the figures of the tuning are. */
  static String tuningNote() {
    return "Recall@1 on the validation classes, at the first values of grid and repetition.";
  }

  /** The report as Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # %s

        Made by `%s`, Contexture %s.
        %s
        Every experiment: `%s`.

        """
            .formatted(name, command, codeVersion, note(), lookUp));
    text.append(table().results(metrics).markdown());
    if (table().isTuned()) {
      text.append("\n## Tuning\n\n").append(tuningNote()).append("\n\n");
      text.append(table().tuning().markdown());
    }
    return text.toString();
  }
}
