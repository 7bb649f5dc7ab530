package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stage that is wired to a dataset of the wrong record type does not compile. */
class WiringTest {
  private static final int WIRING_LINE = 10;

  @TempDir Path classes;

  private List<Diagnostic<? extends JavaFileObject>> compile(String wiring) throws IOException {
    String source =
        """
        import org.contexture.benchmark.Benchmark;
        import org.contexture.pipeline.*;
        import org.contexture.record.*;
        import org.contexture.stage.*;

        abstract class Wiring {
          void wire(StageGraph.Builder graph, Dataset<RawFile> files, Dataset<ImageRef> images,
              Dataset<Example> examples, Dataset<Checkpoint> checkpoint, Dataset<Embedding> vectors,
              IndexConfig index, ShardConfig shard, EmbedConfig embed, Benchmark benchmark) {
            %s
          }
        }
        """
            .formatted(wiring);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, Locale.ENGLISH, StandardCharsets.UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  diagnostics,
                  List.of(
                      "-proc:none",
                      "-d",
                      classes.toString(),
                      "-classpath",
                      System.getProperty("java.class.path")),
                  null,
                  List.of(new Source(source)))
              .call();
      List<Diagnostic<? extends JavaFileObject>> errors =
          diagnostics.getDiagnostics().stream()
              .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
              .toList();
      assertThat(compiled).isEqualTo(errors.isEmpty());
      return errors;
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Wiring.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  @Test
  void rightWiringCompiles() throws IOException {
    assertThat(
            compile(
                "Dataset<ImageRef> indexed ="
                    + " graph.add(\"index\", new IndexStage(index, benchmark, files, 0));"
                    + " graph.add(\"shard\", new ShardStage(shard, indexed, files, 0));"
                    + " Dataset<Embedding> embedded ="
                    + " graph.add(\"embed\", new EmbedStage(embed, examples, checkpoint));"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          graph.add("index", new IndexStage(index, benchmark, examples, 0));     | Example   | RawFile
          graph.add("shard", new ShardStage(shard, files, files, 0));            | RawFile   | ImageRef
          graph.add("embed", new EmbedStage(embed, vectors, checkpoint));        | Embedding | Example
          graph.add("embed", new EmbedStage(embed, examples, vectors));          | Embedding | Checkpoint
          """)
  void wrongWiringDoesNot(String wiring, String given, String wanted) throws IOException {
    assertThat(compile(wiring))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.getLineNumber()).isEqualTo(WIRING_LINE);
              assertThat(
                      error
                          .getMessage(Locale.ENGLISH)
                          .replaceAll("org[.]contexture[.][a-z]+[.]", ""))
                  .isEqualTo(
                      "incompatible types: Dataset<%s> cannot be converted to Dataset<%s>"
                          .formatted(given, wanted));
            });
  }

  @Test
  void aResultCannotBeTakenForAnother() throws IOException {
    assertThat(
            compile(
                "Dataset<Example> indexed ="
                    + " graph.add(\"index\", new IndexStage(index, benchmark, files, 0));"))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.getLineNumber()).isEqualTo(WIRING_LINE);
              assertThat(error.getMessage(Locale.ENGLISH)).startsWith("incompatible types");
            });
  }
}
