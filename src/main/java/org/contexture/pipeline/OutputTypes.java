package org.contexture.pipeline;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.record.Rejection;

/**
 * The types of everything that a task can write.
 *
 * @param result the type of the result's records
 * @param beside the type of the records of each companion, that of dead letters included
 */
record OutputTypes<O extends SpecificRecord>(
    Class<O> result, SortedMap<String, Class<? extends SpecificRecord>> beside)
    implements Serializable {

  OutputTypes {
    beside = Collections.unmodifiableSortedMap(new TreeMap<>(beside));
  }

  static <O extends SpecificRecord> OutputTypes<O> of(Stage<O> stage) {
    SortedMap<String, Class<? extends SpecificRecord>> beside = new TreeMap<>();
    stage.companions().forEach((name, companion) -> beside.put(name, companion.recordType()));
    if (beside.put(DatasetId.REJECTED, Rejection.class) != null) {
      throw new IllegalArgumentException(stage.name() + " has dead letters of its own");
    }
    return new OutputTypes<>(stage.recordType(), beside);
  }

  static OutputTypes<Rejection> deadLetters() {
    SortedMap<String, Class<? extends SpecificRecord>> beside = new TreeMap<>();
    beside.put(DatasetId.REJECTED, Rejection.class);
    return new OutputTypes<>(Rejection.class, beside);
  }

  Schema schema() {
    return SpecificData.get().getSchema(result);
  }

  Schema schema(String companion) {
    return SpecificData.get().getSchema(beside.get(companion));
  }
}
