package org.contexture.stage;

import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Progress;
import org.contexture.pipeline.RunListener;

/** Nobody listens. */
final class Silent implements RunListener {
  @Override
  public void reused(Dataset<?> dataset, Manifest manifest) {}

  @Override
  public void started(Dataset<?> dataset, String reason) {}

  @Override
  public void waiting(Dataset<?> dataset, String who) {}

  @Override
  public void progressed(Dataset<?> dataset, Progress progress) {}

  @Override
  public void finished(Dataset<?> dataset, Manifest manifest) {}
}
