package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeadlineTest {
  private static final Evaluation UNTRAINED = evaluation(ModelRole.UNTRAINED, "", 0.225);
  private static final Evaluation PRETRAINED =
      evaluation(ModelRole.PRETRAINED, "multi_similarity", 0.55);

  @Test
  void tellsAGainAndThatTheControlIsBehind() {
    assertThat(sentence(UNTRAINED, PRETRAINED, trained(0.613), control(0.589)))
        .isEqualTo(
            "Training with hybrid raised Recall@1 from 55.0 % to 61.3 %; as many further steps with multi_similarity reached 58.9 %, 2.4 points less.");
  }

  @Test
  void isAboutTheTrainedModelWhateverReRankingMakesOfIt() {
    assertThat(sentence(PRETRAINED, trained(0.57), evaluation(ModelRole.RERANKED, "hybrid", 0.7)))
        .isEqualTo("Training with hybrid raised Recall@1 from 55.0 % to 57.0 %.");
  }

  @Test
  void tellsThatTheControlWins() {
    assertThat(sentence(PRETRAINED, trained(0.57), control(0.6)))
        .isEqualTo(
            "Training with hybrid raised Recall@1 from 55.0 % to 57.0 %; as many further steps with multi_similarity reached 60.0 %, 3.0 points more.");
  }

  @Test
  void tellsThatTrainingDidHarm() {
    assertThat(sentence(PRETRAINED, trained(0.5)))
        .isEqualTo("Training with hybrid lowered Recall@1 from 55.0 % to 50.0 %.");
  }

  @Test
  void tellsThatTheUntrainedNetworkWasBetter() {
    assertThat(sentence(UNTRAINED, evaluation(ModelRole.PRETRAINED, "", 0.15), trained(0.2)))
        .isEqualTo(
            "Training with hybrid raised Recall@1 from 15.0 % to 20.0 %; untrained it was 22.5 %.");
  }

  @Test
  void tellsThatNothingChanged() {
    assertThat(sentence(PRETRAINED, trained(0.5502), control(0.5499)))
        .isEqualTo(
            "Training with hybrid left Recall@1 at 55.0 %; as many further steps with multi_similarity reached the same.");
  }

  @Test
  void comparesWithTheUntrainedNetworkWithoutPretraining() {
    assertThat(sentence(UNTRAINED, trained(0.294)))
        .isEqualTo("Training with hybrid raised Recall@1 from 22.5 % to 29.4 %.");
  }

  @Test
  void speaksOfWhatThereIs() {
    assertThat(sentence(trained(0.613))).isEqualTo("The trained model reaches Recall@1 61.3 %.");
    assertThat(sentence(UNTRAINED, PRETRAINED))
        .isEqualTo(
            "Pre-training with multi_similarity raised Recall@1 from 22.5 % to 55.0 %; no further training has been evaluated.");
    assertThat(sentence(UNTRAINED))
        .isEqualTo("The untrained network reaches Recall@1 22.5 %; nothing has been trained.");
    assertThat(sentence(control(0.5)))
        .isEqualTo(
            "The control reaches Recall@1 50.0 %; the model it is for has not been evaluated.");
    assertThat(sentence()).isEqualTo("No model has been evaluated yet.");
    assertThat(sentence(trained(Double.NaN))).isEqualTo("Recall@1 of the model is not defined.");
  }

  @Test
  void knowsHowFarModelsHaveToBeApart() {
    // 1.96 √(2 · 0.25 / 2500)
    Headline headline = headline(evaluation(ModelRole.TRAINED, "hybrid", 0.5, 2500));

    assertThat(headline.resolution()).hasValueCloseTo(0.02772, within(1e-5));
  }

  @Test
  void tellsWhetherTheControlIsThatFarApart() {
    assertThat(headline(trained(0.613), control(0.589)).closeness())
        .hasValue("The trained model and the control are closer than that.");
    assertThat(headline(trained(0.613), control(0.55)).closeness())
        .hasValue("The trained model and the control are further apart than that.");
    assertThat(headline(trained(0.613)).closeness()).isEmpty();
  }

  @Test
  void claimsNoResolutionForOtherMetrics() {
    Evaluation evaluation =
        new Evaluation(
            ModelRole.TRAINED, "", "", List.of(SampleReport.metric("map@r", 0.5)), 2500, 0);

    assertThat(headline(evaluation).resolution()).isEmpty();
  }

  private static String sentence(Evaluation... evaluations) {
    return headline(evaluations).sentence().replace('\u00a0', ' ');
  }

  private static Headline headline(Evaluation... evaluations) {
    return new Headline(
        SampleReport.bare().setEvaluations(Stream.of(evaluations).toList()).build());
  }

  private static Evaluation trained(double recall) {
    return evaluation(ModelRole.TRAINED, "hybrid", recall);
  }

  private static Evaluation control(double recall) {
    return evaluation(ModelRole.CONTROL, "multi_similarity", recall);
  }

  private static Evaluation evaluation(ModelRole role, String loss, double recall) {
    return evaluation(role, loss, recall, 2516);
  }

  private static Evaluation evaluation(ModelRole role, String loss, double recall, long queries) {
    return new Evaluation(
        role, loss, "", List.of(SampleReport.metric("recall@1", recall)), queries, 0);
  }
}
