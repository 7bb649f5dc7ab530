package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFilesTest {
  @TempDir private Path temporary;

  @Test
  void theRootOfAFileSystemIsAFolderToo() throws IOException {
    try (FileSystem archive =
        FileSystems.newFileSystem(temporary.resolve("a.zip"), Map.of("create", "true"))) {
      Path root = archive.getPath("/");
      Files.createDirectory(archive.getPath("/below"));
      Files.writeString(archive.getPath("/below/a.yaml"), "");
      Files.writeString(archive.getPath("/b.yaml"), "");
      Files.writeString(archive.getPath("/c.yml"), "");

      assertThat(ExperimentFiles.in(root))
          .map(Path::toString)
          .containsExactly("/b.yaml", "/below/a.yaml");
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ExperimentFiles.in(temporary.resolve("none")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("none cannot be read as a folder of experiment files: ");
  }

  @Test
  void aFolderBelowThatCannotBeReadIsNamed() throws IOException {
    Path closed = Files.createDirectory(temporary.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(closed), "whoever runs this may read everything");

    assertThatThrownBy(() -> ExperimentFiles.in(temporary))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("closed");
  }
}
