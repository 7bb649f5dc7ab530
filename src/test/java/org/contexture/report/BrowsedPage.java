package org.contexture.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What can be said of the page that a browser has open.
 *
 * @param browser that has it open, and stays open
 */
public record BrowsedPage(HeadlessBrowser browser) {
  /** Names elements that stick out and are in nothing that scrolls by itself. */
  private static final String TOO_WIDE =
      """
      [...document.querySelectorAll('body *')]
        .filter(e => !e.closest('.scroll') && !e.closest('.skip') && e.getBoundingClientRect().width > 0)
        .filter(e => e.getBoundingClientRect().right > %d + 0.5)
        .map(e => e.tagName + '.' + (e.className.baseVal ?? e.className)).join(' ')
      """;

  /** Names elements with text whose contrast with the paper is below 4.5 to 1 (WCAG 2.2, 1.4.3). */
  private static final String LOW_CONTRAST =
      """
      (() => {
        const light = c => {
          const [r, g, b] = c.match(/[\\d.]+/g).map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = e => {
          for (let a = e; a; a = a.parentElement) {
            const c = getComputedStyle(a).backgroundColor;
            if (!c.includes(', 0)')) return c;
          }
          return 'rgb(255, 255, 255)';
        };
        return [...new Set([...document.querySelectorAll('body *')]
          .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
          .filter(e => e.tagName !== 'title' && e.tagName !== 'desc')
          .map(e => {
            const style = getComputedStyle(e);
            const ink = light(e instanceof SVGElement ? style.fill : style.color);
            const paper = light(behind(e));
            return [e.tagName + '.' + (e.className.baseVal ?? e.className),
                    (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)];
          })
          .filter(([, contrast]) => !(contrast >= 4.5))
          .map(([name, contrast]) => name + ' ' + contrast.toFixed(2)))];
      })()
      """;

  /** What the browser has complained about since the page was opened. */
  public List<String> complaints() {
    return Stream.of("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        .flatMap(kind -> browser.events(kind).stream())
        .map(JsonNode::toString)
        .toList();
  }

  /** How many pictures have not come. */
  public int picturesNotShown() throws Exception {
    return browser
        .ask("[...document.images].filter(i => !(i.complete && i.naturalWidth > 0)).length")
        .asInt();
  }

  /** Opens all that can be opened. */
  public void openDetails() throws Exception {
    browser.ask("document.querySelectorAll('details').forEach(d => d.open = true)");
  }

  /** Elements that stick out of a window of that many pixels and are in nothing that scrolls. */
  public String tooWide(int width) throws Exception {
    return browser.ask(TOO_WIDE.formatted(width)).asText();
  }

  /** Elements whose text cannot be read well. */
  public List<String> lowContrast() throws Exception {
    return StreamSupport.stream(browser.ask(LOW_CONTRAST).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
