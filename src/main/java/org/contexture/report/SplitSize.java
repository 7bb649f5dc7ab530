package org.contexture.report;

import java.util.Objects;

/** How much of a benchmark is in one of its splits, and what the split is for. */
public record SplitSize(String name, long classes, long images, String purpose) {

  public SplitSize {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(purpose, "purpose");
  }
}
