package org.contexture.experiment;

import org.contexture.record.Example;
import org.contexture.record.Neighbour;
import org.contexture.record.Neighbours;
import org.contexture.report.GalleryNeighbour;
import org.contexture.report.GalleryQuery;
import org.contexture.retrieval.AveragePrecisionAtR;
import org.contexture.retrieval.RankedRelevance;

/** Queries and what was found for them, as pictures. */
record QueryPictures(ExamplePictures pictures) {

  /** A query as it is shown, with all its neighbours that are stored. */
  GalleryQuery shown(Neighbours neighbours) {
    Example query = pictures.example(neighbours.getQueryId());
    return new GalleryQuery(
        pictures.of(query),
        query.getClassName(),
        query.getPath(),
        neighbours.getRanks().size(),
        new AveragePrecisionAtR().value(RankedRelevance.of(neighbours)),
        neighbours.getNeighbours().stream()
            .map(neighbour -> shown(neighbours.getQueryLabel(), neighbour))
            .toList());
  }

  private GalleryNeighbour shown(int wanted, Neighbour neighbour) {
    Example example = pictures.example(neighbour.getId());
    return new GalleryNeighbour(
        pictures.of(example),
        example.getClassName(),
        neighbour.getSimilarity(),
        neighbour.getLabel() == wanted
            ? GalleryNeighbour.Verdict.RIGHT
            : GalleryNeighbour.Verdict.WRONG);
  }
}
