package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
  private final ProcessIdentity self = ProcessIdentity.current();

  @Test
  void aProcessIsKnownAsLongAsItLives() throws Exception {
    assertThat(self.handle()).contains(ProcessHandle.current());
    assertThat(self.isDead()).isFalse();

    Process child = new ProcessBuilder("sleep", "60").start();
    ProcessIdentity identity = ProcessIdentity.of(child.toHandle());
    assertThat(identity.handle()).contains(child.toHandle());
    child.destroyForcibly().waitFor();
    assertThat(identity.handle()).isEmpty();
    assertThat(identity.isDead()).isTrue();
    assertThat(ProcessIdentity.of(child.toHandle()).isDead()).isTrue();
  }

  @Test
  void aProcessOfTheSameIdThatStartedAtAnotherTimeIsAStranger() {
    ProcessIdentity earlier = new ProcessIdentity(self.system(), self.process(), self.start() - 1);

    assertThat(earlier.handle()).isEmpty();
    assertThat(earlier.isDead()).isTrue();
  }

  @Test
  void nothingIsKnownOfAnotherContainerOrMachine() {
    ProcessIdentity elsewhere =
        new ProcessIdentity(self.system() + "1", self.process(), self.start() - 1);

    assertThat(elsewhere.handle()).isEmpty();
    assertThat(elsewhere.isDead()).isFalse();
    assertThat(new ProcessIdentity("", self.process(), self.start() - 1).isDead()).isFalse();
  }
}
