package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;

class ResumableWorkTest {
  private final ResumableWork work =
      new ResumableWork(
          "./contexture run a.yaml",
          new ExecutionOptions(),
          new PrintWriter(Writer.nullWriter(), true));

  @Test
  void whatFailsNamesTheCommandThatGoesOn() {
    assertThatThrownBy(
            () ->
                work.isDone(
                    () -> {
                      throw Failure.data("A picture is damaged.");
                    }))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "A picture is damaged.%nWhat is done is kept; this goes on from there: ./contexture run a.yaml"
                .formatted());
  }

  @Test
  void aMistakeInTheCommandIsNotAnsweredWithTheSameCommand() {
    assertThatThrownBy(
            () ->
                work.isDone(
                    () -> {
                      throw Failure.usage("There is no such stage.");
                    }))
        .isInstanceOf(Failure.class)
        .hasMessage("There is no such stage.");
  }

  @Test
  void whatIsInterruptedIsNotDone() throws IOException {
    boolean done =
        work.isDone(
            () -> {
              throw new InterruptedException();
            });

    assertThat(done).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
