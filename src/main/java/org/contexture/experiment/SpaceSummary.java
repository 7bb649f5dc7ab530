package org.contexture.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Store;
import org.contexture.record.EmbeddingStatistic;
import org.contexture.record.Example;
import org.contexture.record.MappedImage;
import org.contexture.record.SimilarityBin;
import org.contexture.report.NamedNumber;
import org.contexture.report.SpaceFacts;
import org.contexture.report.SpaceFacts.MapPoint;
import org.contexture.report.SpaceFacts.ModelSpace;
import org.contexture.report.SpaceFacts.PairBin;
import org.contexture.report.SpaceFacts.Place;
import org.contexture.stage.StatisticsStage;

/** What was found about the embeddings of an experiment apart from any ranking. */
final class SpaceSummary {
  private final Experiment experiment;
  private final Store store;
  private final ExamplePictures examples;

  SpaceSummary(Experiment experiment, Store store, ExamplePictures examples) {
    this.experiment = experiment;
    this.store = store;
    this.examples = examples;
  }

  SpaceFacts facts() {
    return new SpaceFacts(experiment.spaces().stream().map(this::space).toList(), map());
  }

  private ModelSpace space(Experiment.Space space) {
    List<NamedNumber> statistics = new ArrayList<>();
    for (EmbeddingStatistic statistic : store.open(space.statistics()).open()) {
      statistics.add(new NamedNumber(statistic.getName(), statistic.getValue()));
    }
    DatasetId similarities = space.statistics().id().companion(StatisticsStage.SIMILARITIES);
    List<PairBin> histogram = new ArrayList<>();
    for (SimilarityBin bin : store.open(similarities, SimilarityBin.class).open()) {
      histogram.add(
          new PairBin(bin.getLow(), bin.getHigh(), bin.getPositives(), bin.getNegatives()));
    }
    return new ModelSpace(space.role(), statistics, histogram);
  }

  private List<MapPoint> map() {
    List<MappedImage> images = new ArrayList<>();
    store.open(experiment.map()).open().forEach(images::add);
    boolean grouped = images.stream().map(MappedImage::getSuperLabel).distinct().count() > 1;
    Map<Integer, Example> classes = new HashMap<>();
    List<MapPoint> points = new ArrayList<>();
    for (MappedImage image : images) {
      Example example = classes.computeIfAbsent(image.getLabel(), examples::ofClass);
      points.add(
          new MapPoint(
              new Place(image.getX(), image.getY()),
              new Place(image.getFirstComponent(), image.getSecondComponent()),
              example.getClassName(),
              grouped ? example.getSuperName() : example.getClassName()));
    }
    return points;
  }
}
