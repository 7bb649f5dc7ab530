package org.contexture.flink;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.contexture.failure.Failure;

/**
 * Why a job failed: the sentence of the stage itself where there is one, with worker and attempts.
 *
 * @param failures of its tasks, the last one first
 */
record JobFailure(List<ClusterApi.TaskFailure> failures) {
  /** A failure as a stack trace writes it: its sentences may go over lines. */
  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?:^|: )%s\\[(%s)]: (.*?)(?=\\R\\s+at |\\z)"
              .formatted(
                  Pattern.quote(Failure.class.getName()),
                  Arrays.stream(Failure.Category.values()).map(Enum::name).collect(joining("|"))),
          Pattern.DOTALL | Pattern.MULTILINE);

  JobFailure {
    failures = List.copyOf(failures);
  }

  Failure explained(RuntimeException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure.reworded("%s%n%s", failure.getMessage(), where());
      }
    }
    for (ClusterApi.TaskFailure failure : failures) {
      Matcher sentence = SENTENCE.matcher(failure.reason());
      if (sentence.find()) {
        Failure.Category category = Failure.Category.valueOf(sentence.group(1));
        return Failure.of(category, "%s%n%s", sentence.group(2).strip(), where()).causedBy(failed);
      }
    }
    return Failure.stage("%s%n%s", root(failed), where()).causedBy(failed);
  }

  private String where() {
    String worker = failures.isEmpty() ? "" : failures.get(0).worker();
    String where = worker.isEmpty() ? "On the cluster" : "On worker " + worker;
    return "%s, in attempt %d.".formatted(where, Math.max(1, failures.size()));
  }

  private static Throwable root(Throwable failed) {
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
