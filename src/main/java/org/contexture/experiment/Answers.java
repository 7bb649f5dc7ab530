package org.contexture.experiment;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Neighbours;
import org.contexture.retrieval.AveragePrecisionAtR;
import org.contexture.retrieval.RankedRelevance;
import org.contexture.shard.Shards;

/** What a network makes of each test query that has something to find. */
final class Answers {
  private final Shards<Neighbours> stored;
  private final SortedMap<Long, Answer> answers = new TreeMap<>();

  /**
   * What it makes of one query.
   *
   * @param record where its neighbours are stored
   * @param label class of the query
   * @param right whether the nearest image is of that class
   * @param precision AP@R
   */
  record Answer(long record, int label, boolean right, double precision) {}

  Answers(StoredDataset<Neighbours> neighbours) {
    AveragePrecisionAtR precision = new AveragePrecisionAtR();
    stored = neighbours.open();
    long record = 0;
    for (Neighbours found : stored) {
      RankedRelevance relevance = RankedRelevance.of(found);
      if (relevance.relevant() > 0) {
        answers.put(
            found.getQueryId(),
            new Answer(
                record,
                found.getQueryLabel(),
                relevance.hitsWithin(1) > 0,
                precision.value(relevance)));
      }
      record++;
    }
  }

  /** By the id of the query, ascending. */
  SortedMap<Long, Answer> byQuery() {
    return Collections.unmodifiableSortedMap(answers);
  }

  /** How many queries are answered rightly. */
  long hits() {
    return answers.values().stream().filter(Answer::right).count();
  }

  /** What was found for a query. */
  Neighbours neighbours(long queryId) {
    return stored.read(answers.get(queryId).record());
  }
}
