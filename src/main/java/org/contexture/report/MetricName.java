package org.contexture.report;

import java.util.Map;

/** What the report calls a metric: {@code recall@1} is Recall@1, or R@1 at the head of a column. */
final class MetricName {
  private static final Map<String, String> WHOLE =
      Map.of(
          "map", "mAP",
          "map@r", "mAP@R",
          "mrr", "MRR",
          "nmi", "NMI",
          "ami", "AMI",
          "r-precision", "R-Precision");
  private static final Map<String, String> FAMILIES =
      Map.of(
          "recall", "Recall",
          "precision", "Precision",
          "map", "mAP",
          "map-by-hits", "mAP by hits",
          "ndcg", "NDCG");

  private MetricName() {}

  /** The name in a sentence; one that is not known stays as it is. */
  static String title(String name) {
    int at = name.indexOf('@');
    if (WHOLE.containsKey(name) || at < 0) {
      return WHOLE.getOrDefault(name, name);
    }
    String family = name.substring(0, at);
    return FAMILIES.getOrDefault(family, family) + name.substring(at);
  }

  /** The name at the head of a column. */
  static String heading(String name) {
    return name.startsWith("recall@") ? "R" + name.substring("recall".length()) : title(name);
  }
}
