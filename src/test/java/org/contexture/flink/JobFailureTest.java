package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;

class JobFailureTest {

  @Test
  void failureThatCameBackWholeKeepsItsCategory() {
    Failure failure = Failure.data("pictures.zip is damaged; fetch it again.");
    Failure explained =
        new JobFailure(List.of(new ClusterApi.TaskFailure("worker-2", "anything")))
            .explained(new IllegalStateException("the job failed", failure));
    assertThat(explained.category()).isEqualTo(Failure.Category.DATA);
    assertThat(explained)
        .hasMessage(
            "pictures.zip is damaged; fetch it again.%nOn worker worker-2, in attempt 1."
                .formatted());
  }

  @Test
  void failureThatCameBackAsTextIsFoundInIt() {
    String trace =
        """
        org.apache.beam.sdk.util.UserCodeException: org.contexture.failure.Failure[DATA]: first line
          second line
        \tat org.contexture.pipeline.WriteShards.write(WriteShards.java:1)
        Caused by: org.contexture.failure.Failure[DATA]: first line
          second line
        \tat org.contexture.failure.Failure.data(Failure.java:1)
        """;
    Failure explained =
        new JobFailure(
                List.of(
                    new ClusterApi.TaskFailure("", trace),
                    new ClusterApi.TaskFailure("worker-1", "another")))
            .explained(new IllegalStateException("the job failed"));
    assertThat(explained.category()).isEqualTo(Failure.Category.DATA);
    assertThat(explained)
        .hasMessage("first line\n  second line%nOn the cluster, in attempt 2.".formatted());
  }

  @Test
  void textOfAFailureIsWhatIsLookedFor() {
    Failure failure = Failure.environment("The disk is full.");
    StringWriter trace = new StringWriter();
    new IllegalStateException(failure).printStackTrace(new PrintWriter(trace));

    Failure explained =
        new JobFailure(List.of(new ClusterApi.TaskFailure("worker-1", trace.toString())))
            .explained(new IllegalStateException("the job failed"));

    assertThat(explained.category()).isEqualTo(Failure.Category.ENVIRONMENT);
    assertThat(explained).hasMessageStartingWith("The disk is full.%n".formatted());
  }

  @Test
  void anythingElseIsNamedByItsRoot() {
    Failure explained =
        new JobFailure(List.of())
            .explained(new IllegalStateException("job", new ArithmeticException("by zero")));
    assertThat(explained.category()).isEqualTo(Failure.Category.STAGE);
    assertThat(explained)
        .hasMessage(
            "java.lang.ArithmeticException: by zero%nOn the cluster, in attempt 1.".formatted());
  }
}
