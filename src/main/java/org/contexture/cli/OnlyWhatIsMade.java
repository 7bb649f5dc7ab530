package org.contexture.cli;

import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Progress;
import org.contexture.pipeline.RunListener;

/** Keeps datasets that are reused from a listener: of many experiments, most are. */
record OnlyWhatIsMade(RunListener listener) implements RunListener {

  @Override
  public void reused(Dataset<?> dataset, Manifest manifest) {}

  @Override
  public void started(Dataset<?> dataset, String reason) {
    listener.started(dataset, reason);
  }

  @Override
  public void waiting(Dataset<?> dataset, String who) {
    listener.waiting(dataset, who);
  }

  @Override
  public void progressed(Dataset<?> dataset, Progress progress) {
    listener.progressed(dataset, progress);
  }

  @Override
  public void finished(Dataset<?> dataset, Manifest manifest) {
    listener.finished(dataset, manifest);
  }

  @Override
  public void failed(Dataset<?> dataset) {
    listener.failed(dataset);
  }
}
