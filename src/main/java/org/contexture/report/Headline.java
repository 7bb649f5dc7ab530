package org.contexture.report;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an experiment came to, in words that hold whichever model wins. It compares the first metric
 * of the model that went through most stages with the models before it and with the control.
 */
record Headline(Report report) {

  /** The model the headline is about; empty when none was evaluated. */
  Optional<Evaluation> subject() {
    return report
        .evaluation(ModelRole.TRAINED)
        .or(() -> report.evaluation(ModelRole.PRETRAINED))
        .or(() -> report.evaluation(ModelRole.UNTRAINED))
        .or(() -> report.evaluation(ModelRole.CONTROL))
        .filter(evaluation -> !evaluation.metrics().isEmpty());
  }

  /** The metric the headline is about. */
  Optional<String> metric() {
    return subject().map(evaluation -> evaluation.metrics().get(0).name());
  }

  /** The metric of the model in that role. */
  OptionalDouble value(ModelRole role) {
    return metric()
        .flatMap(name -> report.evaluation(role).map(evaluation -> evaluation.metric(name)))
        .orElse(OptionalDouble.empty());
  }

  /** The headline, one sentence. */
  String sentence() {
    if (subject().isEmpty()) {
      return "No model has been evaluated yet.";
    }
    String metric = MetricName.title(metric().orElseThrow());
    OptionalDouble reached = value(subject().get().role());
    if (reached.isEmpty()) {
      return "%s of the model is not defined.".formatted(metric);
    }
    return switch (subject().get().role()) {
      case TRAINED, RERANKED -> trained(metric, reached.getAsDouble());
      case PRETRAINED -> pretrained(metric, reached.getAsDouble());
      case UNTRAINED ->
          "The untrained network reaches %s %s; nothing has been trained."
              .formatted(metric, Numbers.percent(reached.getAsDouble()));
      case CONTROL ->
          "The control reaches %s %s; the model it is for has not been evaluated."
              .formatted(metric, Numbers.percent(reached.getAsDouble()));
    };
  }

  /**
   * How far two means over the queries have to be apart before chance alone is an unlikely reason
   * (5 %, two independent proportions); empty where the metric is no share of queries.
   */
  OptionalDouble resolution() {
    Optional<Evaluation> subject = subject();
    if (subject.isEmpty() || !metric().orElseThrow().startsWith("recall@")) {
      return OptionalDouble.empty();
    }
    OptionalDouble share = value(subject.get().role());
    long queries = subject.get().queries();
    if (share.isEmpty() || queries < 1) {
      return OptionalDouble.empty();
    }
    double variance = share.getAsDouble() * (1 - share.getAsDouble()) / queries;
    return OptionalDouble.of(1.96 * Math.sqrt(2 * variance)).stream()
        .filter(resolution -> resolution >= 0.0005)
        .findFirst();
  }

  /**
   * Whether the trained model and the control are told apart by {@link #resolution}; empty where
   * that cannot be said.
   */
  Optional<String> closeness() {
    OptionalDouble trained = value(ModelRole.TRAINED);
    OptionalDouble control = value(ModelRole.CONTROL);
    OptionalDouble resolution = resolution();
    if (trained.isEmpty() || control.isEmpty() || resolution.isEmpty()) {
      return Optional.empty();
    }
    double difference = Math.abs(trained.getAsDouble() - control.getAsDouble());
    return Optional.of(
        difference < resolution.getAsDouble()
            ? "The trained model and the control are closer than that."
            : "The trained model and the control are further apart than that.");
  }

  private String trained(String metric, double reached) {
    OptionalDouble pretrained = value(ModelRole.PRETRAINED);
    OptionalDouble untrained = value(ModelRole.UNTRAINED);
    String training = "Training" + with(ModelRole.TRAINED);
    String what;
    if (pretrained.isPresent()) {
      what = change(training, metric, pretrained.getAsDouble(), reached);
    } else if (untrained.isPresent()) {
      what = change(training, metric, untrained.getAsDouble(), reached);
    } else {
      what = "The trained model reaches %s %s".formatted(metric, Numbers.percent(reached));
    }
    return what + worseThanUntrained(reached) + against(reached) + ".";
  }

  /** What a gain over the pre-trained model must not hide. */
  private String worseThanUntrained(double reached) {
    OptionalDouble untrained = value(ModelRole.UNTRAINED);
    if (value(ModelRole.PRETRAINED).isEmpty()
        || !(untrained.orElse(0) > reached)
        || sameInPrint(untrained.getAsDouble(), reached)) {
      return "";
    }
    return "; untrained it was " + Numbers.percent(untrained.getAsDouble());
  }

  private String pretrained(String metric, double reached) {
    OptionalDouble untrained = value(ModelRole.UNTRAINED);
    String what =
        untrained.isPresent()
            ? change(
                "Pre-training" + with(ModelRole.PRETRAINED),
                metric,
                untrained.getAsDouble(),
                reached)
            : "The pre-trained model reaches %s %s".formatted(metric, Numbers.percent(reached));
    return what + "; no further training has been evaluated.";
  }

  private static String change(String what, String metric, double before, double after) {
    if (sameInPrint(before, after)) {
      return "%s left %s at %s".formatted(what, metric, Numbers.percent(after));
    }
    return "%s %s %s from %s to %s"
        .formatted(
            what,
            after > before ? "raised" : "lowered",
            metric,
            Numbers.percent(before),
            Numbers.percent(after));
  }

  private String against(double reached) {
    OptionalDouble control = value(ModelRole.CONTROL);
    if (control.isEmpty()) {
      return "";
    }
    double other = control.getAsDouble();
    String as = "as many further steps%s reached ".formatted(with(ModelRole.CONTROL));
    if (sameInPrint(reached, other)) {
      return "; " + as + "the same";
    }
    return "; %s%s, %s %s"
        .formatted(
            as,
            Numbers.percent(other),
            Numbers.points(other - reached),
            other > reached ? "more" : "less");
  }

  private String with(ModelRole role) {
    return report
        .evaluation(role)
        .map(Evaluation::loss)
        .filter(loss -> !loss.isEmpty())
        .map(loss -> " with " + loss)
        .orElse("");
  }

  private static boolean sameInPrint(double one, double other) {
    return Numbers.tenths(one).equals(Numbers.tenths(other));
  }
}
