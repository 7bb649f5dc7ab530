package org.contexture.report;

/** A piece of the page, which can only be written escaped. */
interface Node {

  /** Appends its markup. */
  void writeTo(StringBuilder out);
}
