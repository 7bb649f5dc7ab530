package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;

/**
 * A table of text whose first column names its rows.
 *
 * @param headings of the columns
 * @param rows each with as many cells
 */
record TextTable(List<String> headings, List<List<String>> rows) {
  TextTable {
    headings = List.copyOf(headings);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** As Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    append(headings, text);
    text.append("|---".repeat(headings.size())).append("|\n");
    rows.forEach(row -> append(row, text));
    return text.toString();
  }

  private static void append(List<String> cells, StringBuilder text) {
    cells.forEach(cell -> text.append("| ").append(cell.replace("|", "\\|")).append(' '));
    text.append("|\n");
  }

  /**
   * As HTML that scrolls by itself where the page is too narrow.
   *
   * @param label says what it is to who cannot see it
   */
  Element render(String label) {
    Element head = element("tr");
    for (int column = 0; column < headings.size(); column++) {
      Element cell = column == 0 ? element("th") : element("th", "n");
      head = head.add(cell.with("scope", "col").text(headings.get(column)));
    }
    Element body = element("tbody");
    for (List<String> row : rows) {
      Element rendered = element("tr").add(element("th").with("scope", "row").text(row.get(0)));
      for (int column = 1; column < row.size(); column++) {
        rendered =
            rendered.add(
                element("td", "n").with("data-label", headings.get(column)).text(row.get(column)));
      }
      body = body.add(rendered);
    }
    return Section.scrolling(
        label, element("table", "models cards").add(element("thead").add(head), body));
  }
}
