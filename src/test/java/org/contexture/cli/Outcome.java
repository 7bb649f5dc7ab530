package org.contexture.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a command did, seen from outside.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it complained about
 */
record Outcome(int code, String out, String err) {

  /** Runs a command in this process. */
  static Outcome of(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** The labels of the stages that were reused, in order. */
  List<String> reused() {
    return labels(line -> line.contains(" reused "));
  }

  /** The labels of the stages that were made, in order. */
  List<String> made() {
    return labels(line -> line.contains(" made ") && line.contains(" records"));
  }

  private List<String> labels(Predicate<String> wanted) {
    return out.lines().filter(wanted).map(line -> line.substring(0, line.indexOf(' '))).toList();
  }
}
