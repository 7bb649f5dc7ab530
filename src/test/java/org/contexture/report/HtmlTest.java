package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {

  @Test
  void escapesTextAndAttributes() {
    Element element = Html.element("p").with("title", "a\"b'c<d>&").text("<b>&amp;</b>\"'");

    assertThat(element)
        .hasToString(
            "<p title=\"a&quot;b&#39;c&lt;d&gt;&amp;\">&lt;b&gt;&amp;amp;&lt;/b&gt;&quot;&#39;</p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u0007", "\r", "\u009f", "\ud800", "\u202e", "\u2066"})
  void replacesWhatMisleadsOrBreaks(String bad) {
    assertThat(Html.element("p").text("a" + bad + "b")).hasToString("<p>a\ufffdb</p>");
  }

  @Test
  void keepsEveryWriting() {
    String text = "Ünïcode 漢字 עברית 😀\n\tnext";

    assertThat(Html.element("p").text(text)).hasToString("<p>" + text + "</p>");
  }

  @Test
  void addingLeavesTheElementAsItWas() {
    Element plain = Html.element("p");
    plain.text("more").with("id", "x");

    assertThat(plain).hasToString("<p></p>");
  }

  @Test
  void closesNoElementThatHasNoContent() {
    assertThat(Html.element("wbr")).hasToString("<wbr>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"script", "style", "iframe", "p onload=x", ""})
  void refusesElementsThatRunOrLoad(String tag) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Html.element(tag))
        .withMessage("the page has no element '%s'", tag);
  }

  @ParameterizedTest
  @CsvSource({
    "onclick, alert(1)",
    "style, color:red",
    "href, javascript:alert(1)",
    "href, https://example.org",
    "src, https://example.org/a.png",
    "src, data:text/html;base64,AAAA",
    "a b, c"
  })
  void refusesAttributesThatRunOrLoad(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Html.element("a").with(name, value))
        .withMessage("the page has no attribute %s=\"%s\"", name, value);
  }

  @Test
  void refusesStyleSheetsThatCloseTheirElement() {
    assertThatIllegalArgumentException().isThrownBy(() -> Html.styleSheet("</style><p>"));
  }
}
