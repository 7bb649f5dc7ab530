package org.contexture.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, as the build wrote it down. */
final class CodeVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"contexture " + text()};
  }

  /** The version with the commit it was built from, where there was one. */
  static String text() {
    Properties properties = new Properties();
    try (InputStream in = CodeVersion.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return properties.getProperty("version");
  }
}
