/**
 * The report of an experiment: plain immutable values in ({@link org.contexture.report.Report}),
 * one self-contained HTML page out ({@link org.contexture.report.ReportPage}); and the same for
 * several experiments ({@link org.contexture.report.Comparison}, {@link
 * org.contexture.report.ComparisonPage}). The package knows nothing of the store, of Beam or of
 * networks; somebody else reads the datasets and fills in the values.
 *
 * <p>Invariants of the page (of {@link org.contexture.report.SearchForm} all but the first: it is
 * served, and runs one script by its hash):
 *
 * <ul>
 *   <li>It needs no network. Its Content-Security-Policy allows its own style sheet and script, by
 *       their hashes, and pictures as {@code data:} URIs, nothing else. Without the script, which
 *       filters the gallery, all is there.
 *   <li>Everything printed is escaped: text reaches the page only through {@code Html.text} and
 *       {@code Element.with}, and pictures only when their first bytes are those of PNG or JPEG.
 *   <li>Equal values give equal bytes.
 *   <li>A part that is missing is named as missing; the page never breaks for want of it.
 *   <li>Right and wrong are told by a sign as well as by a colour, and what is faded is described
 *       as such; every chart has a title and a description, and every line and histogram its
 *       numbers in a table. Of maps and circles, whose places mean nothing by themselves, each
 *       point has a title.
 * </ul>
 *
 * <p>One class a section ({@code HeadlineSection}, {@code CurvesSection}, {@code GallerySection},
 * …) over three small tools: {@code Html} and {@code Element} (escaped markup), {@code LineChart}
 * (SVG) and {@code Numbers} (how figures are written).
 */
package org.contexture.report;
