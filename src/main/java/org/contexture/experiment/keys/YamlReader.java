package org.contexture.experiment.keys;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Turns YAML into a tree of what was given. It works on the events of the parser, not on objects
 * built by it, so that every place is known and nothing grows past its bound: a tree is {@link
 * #DEEPEST} levels deep and {@link #LARGEST} values large at most, aliases counted as often as they
 * are used.
 */
final class YamlReader {
  static final int DEEPEST = 20;
  static final int LARGEST = 10_000;

  private final String file;
  private final int layer;
  private final Report report;
  private final Deque<Unfinished> open = new ArrayDeque<>();
  private final Map<String, Unfinished.Sized> anchors = new HashMap<>();
  private Optional<Given> root = Optional.empty();
  private long size;

  /**
   * A reader.
   *
   * @param file what messages call it
   * @param layer of what is read, as in {@link Origin}
   */
  YamlReader(String file, int layer, Report report) {
    this.file = file;
    this.layer = layer;
    this.report = report;
  }

  /** What the text says; nothing when it is not YAML, or passes a bound, which is reported. */
  Optional<Given> read(String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(file).build();
    try {
      for (Event event : new Parse(settings).parseString(text)) {
        if (!accept(event)) {
          return Optional.empty();
        }
      }
    } catch (MarkedYamlEngineException malformed) {
      String problem = malformed.getProblem();
      String context = malformed.getContext() == null ? "" : " " + malformed.getContext();
      Origin origin =
          malformed
              .getProblemMark()
              .map(mark -> origin(mark.getLine(), mark.getColumn()))
              .orElse(origin(0, 0));
      report.problem(origin, "", "is not YAML: " + Quoted.shortened(problem + context));
      return Optional.empty();
    } catch (ReaderException unprintable) {
      report.problem(
          originOf(text, unprintable.getPosition()),
          "",
          "has the character U+%04X, which YAML does not allow"
              .formatted(unprintable.getCodePoint()));
      return Optional.empty();
    } catch (YamlEngineException malformed) {
      report.problem(origin(0, 0), "", "is not YAML: " + Quoted.shortened(malformed.getMessage()));
      return Optional.empty();
    }
    return Optional.of(root.orElse(Given.Fields.none(origin(0, 0))));
  }

  /** Takes one event; false when reading cannot go on. */
  private boolean accept(Event event) {
    return switch (event.getEventId()) {
      case Scalar -> {
        ScalarEvent scalar = (ScalarEvent) event;
        refuseTag(scalar.getTag(), event);
        Given.Word.Style style =
            scalar.isPlain() ? Given.Word.Style.PLAIN : Given.Word.Style.QUOTED;
        Given word = new Given.Word(scalar.getValue(), style, origin(event));
        yield add(new Unfinished.Sized(word, 1), scalar);
      }
      case SequenceStart, MappingStart -> {
        CollectionStartEvent start = (CollectionStartEvent) event;
        refuseTag(start.getTag(), event);
        open.push(
            event.getEventId() == Event.ID.MappingStart
                ? new Unfinished.Mapping(start, origin(event), report)
                : new Unfinished.Sequence(start, origin(event)));
        if (open.size() > DEEPEST) {
          report.problem(origin(event), "", "is more than %d levels deep".formatted(DEEPEST));
        }
        yield open.size() <= DEEPEST;
      }
      case SequenceEnd, MappingEnd -> {
        Unfinished closed = open.pop();
        yield add(closed.finished(), closed.start());
      }
      case Alias -> alias((AliasEvent) event);
      case DocumentStart -> {
        if (root.isPresent()) {
          report.problem(origin(event), "", "starts a second document; a file has one");
        }
        yield root.isEmpty();
      }
      default -> true;
    };
  }

  private boolean alias(AliasEvent event) {
    String name = event.getAlias().getValue();
    Unfinished.Sized anchored = anchors.get(name);
    if (anchored == null) {
      report.problem(
          origin(event),
          "",
          "the alias *%s names no finished &%s before it"
              .formatted(Quoted.shortened(name), Quoted.shortened(name)));
      return false;
    }
    size += anchored.size();
    return withinSize(event) && addToParent(anchored, event);
  }

  private boolean add(Unfinished.Sized value, NodeEvent event) {
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), value));
    size++;
    return withinSize(event) && addToParent(value, event);
  }

  private boolean withinSize(Event event) {
    if (size > LARGEST) {
      report.problem(
          origin(event), "", "has more than %d values, aliases included".formatted(LARGEST));
    }
    return size <= LARGEST;
  }

  private boolean addToParent(Unfinished.Sized value, Event event) {
    if (open.isEmpty()) {
      root = Optional.of(value.given());
    } else {
      open.peek().add(value, origin(event));
    }
    return true;
  }

  private void refuseTag(Optional<String> tag, Event event) {
    tag.ifPresent(
        name ->
            report.problem(
                origin(event),
                "",
                "has the type tag %s; allowed: values without tags"
                    .formatted(Quoted.of(name.replace("tag:yaml.org,2002:", "!!")))));
  }

  private Origin origin(Event event) {
    return event
        .getStartMark()
        .map(mark -> origin(mark.getLine(), mark.getColumn()))
        .orElse(origin(0, 0));
  }

  private Origin origin(int line, int column) {
    return Origin.inFile(file, layer, line + 1, column + 1);
  }

  private Origin originOf(String text, int codePoints) {
    int end =
        text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    String before = text.substring(0, end);
    int line = (int) before.chars().filter(character -> character == '\n').count();
    int lineStart = before.lastIndexOf('\n') + 1;
    return origin(line, before.codePointCount(lineStart, before.length()));
  }
}
