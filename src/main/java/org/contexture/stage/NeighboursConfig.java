package org.contexture.stage;

import com.google.auto.value.AutoValue;
import java.util.Locale;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;
import org.contexture.record.Split;
import org.contexture.retrieval.Roles;

/** How deep {@link NeighboursStage} searches, and for whom. */
@AutoValue
public abstract class NeighboursConfig implements StageConfig {

  /** Who is asked for its neighbours in the gallery. */
  enum Asked {
    /** The images that are there to be asked. */
    QUERIES,
    /** The images of the gallery too, so that it is known who is near whom. */
    EVERY_IMAGE;

    /** Whether an image of a split is asked. */
    boolean includes(Split split) {
      return this == EVERY_IMAGE || Roles.isAsked(split);
    }
  }

  /** Neighbours that a query keeps. */
  abstract int depth();

  /** Who is asked. */
  abstract Asked asked();

  /** The neighbours of queries. */
  public static NeighboursConfig of(int depth) {
    return new AutoValue_NeighboursConfig(depth, Asked.QUERIES);
  }

  /** The neighbours of every image, be it a query or not. */
  public static NeighboursConfig ofEveryImage(int depth) {
    return new AutoValue_NeighboursConfig(depth, Asked.EVERY_IMAGE);
  }

  /** Who is asked is left out where it is the queries, as it was before there was a choice. */
  @Override
  public Settings settings() {
    Settings.Builder settings = Settings.builder().put("depth", depth());
    if (asked() != Asked.QUERIES) {
      settings.put("asked", asked().name().toLowerCase(Locale.ROOT));
    }
    return settings.build();
  }
}
