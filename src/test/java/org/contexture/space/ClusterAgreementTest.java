package org.contexture.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterAgreementTest {

  @Test
  void namesOfPartsDoNotMatter() {
    int[] labels = {0, 0, 1, 1, 2, 2};
    int[] clusters = {7, 7, 3, 3, 5, 5};

    assertThat(new ClusterAgreement(labels, clusters).normalised()).isCloseTo(1, within(1e-12));
    assertThat(new ClusterAgreement(labels, clusters).adjusted()).isEqualTo(1);
  }

  @Test
  void oneClusterOfSeveralClassesSaysNothing() {
    ClusterAgreement agreement = new ClusterAgreement(new int[] {0, 0, 1, 1}, new int[4]);

    assertThat(agreement.normalised()).isZero();
    assertThat(agreement.adjusted()).isCloseTo(0, within(1e-12));
  }

  /** By hand: classes {2, 2}, clusters {1, 3}. */
  @Test
  void equalsWhatIsComputedByHand() {
    ClusterAgreement agreement =
        new ClusterAgreement(new int[] {0, 0, 1, 1}, new int[] {0, 1, 1, 1});
    double information = 0.25 * Math.log(2) + 0.25 * Math.log(2.0 / 3) + 0.5 * Math.log(4.0 / 3);
    double entropies = (Math.log(2) + 0.25 * Math.log(4) + 0.75 * Math.log(4.0 / 3)) / 2;

    assertThat(agreement.normalised()).isCloseTo(information / entropies, within(1e-12));
    // Whichever image is alone, the information is the same, so there is none beyond chance.
    assertThat(agreement.adjusted()).isCloseTo(0, within(1e-12));
  }

  @Test
  void chanceIsWorthNothingAdjustedAndSomethingNormalised() {
    Random random = new Random(1);
    int[] labels = random.ints(3000, 0, 400).toArray();
    int[] clusters = random.ints(3000, 0, 400).toArray();
    ClusterAgreement agreement = new ClusterAgreement(labels, clusters);

    assertThat(agreement.normalised()).isGreaterThan(0.6);
    assertThat(agreement.adjusted()).isCloseTo(0, within(0.02));
  }

  @Test
  void classesAndClustersCanBeExchanged() {
    Random random = new Random(2);
    int[] labels = random.ints(200, 0, 5).toArray();
    int[] clusters =
        IntStream.of(labels).map(label -> random.nextInt(3) == 0 ? 1 : label).toArray();

    assertThat(new ClusterAgreement(labels, clusters).adjusted())
        .isCloseTo(new ClusterAgreement(clusters, labels).adjusted(), within(1e-12));
  }

  @Test
  void refusesNothingAndUnequalNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClusterAgreement(new int[0], new int[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClusterAgreement(new int[3], new int[2]));
  }
}
