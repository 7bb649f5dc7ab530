package org.contexture.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Store;
import org.contexture.record.SourceFile;

/**
 * What the images of an experiment are taken out of.
 *
 * @param here SHA-256 of the content of each source that is here already
 * @param fetched the files that are fetched instead
 */
record ImageOrigin(List<String> here, Optional<Dataset<SourceFile>> fetched) {

  ImageOrigin {
    here = List.copyOf(here);
  }

  /** SHA-256 of all content, in hexadecimal, once what is fetched is in the store. */
  List<String> sha256(Store store) {
    List<String> digests = new ArrayList<>(here);
    if (fetched.isPresent()) {
      for (SourceFile file : store.open(fetched.get()).open()) {
        digests.add(file.getSha256());
      }
    }
    return digests;
  }
}
