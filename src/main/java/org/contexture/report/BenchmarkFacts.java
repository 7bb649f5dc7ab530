package org.contexture.report;

import java.util.List;
import java.util.Objects;

/**
 * What was learned and measured on.
 *
 * @param name the benchmark's name
 * @param classes all its classes
 * @param images all its images
 * @param splits its splits, in the order of use; empty where unknown
 * @param protocol how it is measured, in a sentence: which images are queries, against what
 * @param attribution sources and licences of the images as their owners want them stated, several
 *     lines allowed; empty where there is nothing to state
 */
public record BenchmarkFacts(
    String name,
    long classes,
    long images,
    List<SplitSize> splits,
    String protocol,
    String attribution) {

  public BenchmarkFacts {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(attribution, "attribution");
    splits = List.copyOf(splits);
  }
}
