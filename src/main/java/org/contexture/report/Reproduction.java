package org.contexture.report;

import java.util.List;

/**
 * What it takes to get the same numbers again.
 *
 * @param command the command that makes the report again, on one line or with its continuation
 *     lines
 * @param settings the effective settings as canonical YAML or JSON; empty where not known
 * @param environment versions, runner, threads, code version: what else the numbers may depend on
 */
public record Reproduction(String command, String settings, List<Fact> environment) {

  public Reproduction {
    environment = List.copyOf(environment);
  }
}
