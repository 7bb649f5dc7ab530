package org.contexture.pipeline;

import org.apache.beam.sdk.transforms.DoFn;

/** A function that a test loads as a job does: in a class loader of its own. */
public final class FunctionOfAJob extends DoFn<String, String> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(@Element String element, OutputReceiver<String> receiver) {
    receiver.output(element);
  }
}
