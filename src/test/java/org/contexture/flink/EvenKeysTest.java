package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.flink.util.MathUtils;
import org.junit.jupiter.api.Test;

class EvenKeysTest {
  @Test
  void keysGoWhereFlinkSendsThem() throws Exception {
    for (int key : new int[] {0, 1, 7, 127, 128, 70_000, Integer.MAX_VALUE}) {
      int hash = Arrays.hashCode(CoderUtils.encodeToByteArray(VarIntCoder.of(), key));
      for (int slots : new int[] {1, 2, 3, 128}) {
        assertThat(EvenKeys.slot(key, slots)).isEqualTo(MathUtils.murmurHash(hash) % slots);
      }
    }
  }

  @Test
  void everySlotGetsAsManyShards() {
    assertThat(shardsOfSlots(new EvenKeys(128), 352)).hasSize(128).allSatisfy(this::twoOrThree);
    assertThat(shardsOfSlots(new EvenKeys(2), 15)).isEqualTo(Map.of(0, 8L, 1, 7L));
    assertThat(shardsOfSlots(new EvenKeys(4), 3)).isEqualTo(Map.of(0, 1L, 1, 1L, 2, 1L));
  }

  private void twoOrThree(int slot, long shards) {
    assertThat(shards).isBetween(2L, 3L);
  }

  @Test
  void theNumberOfTheShardCanBeReadFromItsKey() {
    EvenKeys keys = new EvenKeys(16);
    assertThat(IntStream.range(0, 40).mapToObj(shard -> keys.key(shard, 40) % 40).toList())
        .hasSize(40)
        .isEqualTo(IntStream.range(0, 40).boxed().toList());
  }

  private static Map<Integer, Long> shardsOfSlots(EvenKeys keys, int shards) {
    int slots = Math.min(keys.slots(), shards);
    return IntStream.range(0, shards)
        .map(shard -> keys.key(shard, shards))
        .map(key -> EvenKeys.slot(key, slots))
        .boxed()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
