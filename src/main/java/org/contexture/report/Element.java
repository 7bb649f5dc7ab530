package org.contexture.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An HTML or SVG element: a tag, attributes, children. It cannot be changed; every method that adds
 * something returns another element. Whatever would let the page run or load something is refused
 * here, whoever asks: scripts, event attributes, inline styles, links out of the page.
 */
final class Element implements Node {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
  private static final Set<String> WITHOUT_CONTENT = Set.of("img", "input", "link", "meta", "wbr");
  private static final Set<String> REFUSED = Set.of("script", "style", "iframe", "object", "embed");

  private final String tag;
  private final Map<String, String> attributes;
  private final List<Node> children;

  private Element(String tag, Map<String, String> attributes, List<Node> children) {
    this.tag = tag;
    this.attributes = attributes;
    this.children = children;
  }

  static Element of(String tag) {
    if (!NAME.matcher(tag).matches() || REFUSED.contains(tag)) {
      throw new IllegalArgumentException("the page has no element '%s'".formatted(tag));
    }
    return new Element(tag, Map.of(), List.of());
  }

  /** This element with an attribute more, or with another value of it. */
  Element with(String attribute, String value) {
    if (!NAME.matcher(attribute).matches()
        || attribute.startsWith("on")
        || attribute.equals("style")
        || (attribute.equals("href") && !value.startsWith("#") && !value.equals("data:,"))
        || (attribute.equals("src") && !value.startsWith("data:image/"))) {
      throw new IllegalArgumentException(
          "the page has no attribute %s=\"%s\"".formatted(attribute, value));
    }
    Map<String, String> more = new LinkedHashMap<>(attributes);
    more.put(attribute, value);
    return new Element(tag, more, children);
  }

  /** This element with a number as an attribute, written with up to two decimals. */
  Element with(String attribute, double value) {
    return with(attribute, Numbers.coordinate(value));
  }

  /** This element with more children. */
  Element add(Node... nodes) {
    return add(Arrays.asList(nodes));
  }

  /** This element with more children. */
  Element add(Collection<? extends Node> nodes) {
    List<Node> more = new ArrayList<>(children);
    more.addAll(nodes);
    return new Element(tag, attributes, more);
  }

  /** This element with text after its children. */
  Element text(String text) {
    return add(Html.text(text));
  }

  @Override
  public void writeTo(StringBuilder out) {
    out.append('<').append(tag);
    attributes.forEach(
        (name, value) -> {
          out.append(' ').append(name).append("=\"");
          Html.escape(value, out);
          out.append('"');
        });
    out.append('>');
    if (!WITHOUT_CONTENT.contains(tag)) {
      children.forEach(child -> child.writeTo(out));
      out.append("</").append(tag).append('>');
    }
  }

  /** The markup. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    writeTo(out);
    return out.toString();
  }
}
