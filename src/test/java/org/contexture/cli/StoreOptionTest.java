package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreOptionTest {
  private static final String HOME = "user.home";

  @TempDir Path directory;
  private String actualHome;

  @BeforeEach
  void remember() {
    actualHome = System.getProperty(HOME);
  }

  @AfterEach
  void restore() {
    System.setProperty(HOME, actualHome);
  }

  @Test
  void copiesLieBelowAHomeOfAnyName() {
    Path home = directory.resolve("DOMAIN\\$user");
    System.setProperty(HOME, home.toString());
    StoreOption option = new StoreOption();
    option.location = "file://" + directory.resolve("store");
    option.cache = "~/copies";

    assertThat(option.open().root()).startsWith(home.resolve("copies"));
  }
}
