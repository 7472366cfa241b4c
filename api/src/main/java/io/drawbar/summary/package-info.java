/**
 * What is said of a model to people, as text and as a page for a browser.
 *
 * <pre>{@code
 * Summary summary = model.summary();
 * System.out.println(summary);                       // tables
 * summary.saveHtml(Path.of("churn.html"));           // tables and plots, in one file
 * }</pre>
 *
 * <p>A {@link io.drawbar.summary.Summary} is a list of blocks, in the order in which they are read:
 * figures, remarks, tables, three kinds of plots, and the summaries of parts, as a pipeline has. It
 * knows no model: a model says what there is to say ({@code Model.summary()}), and a model of a
 * user's own says it with the same {@link io.drawbar.summary.Summary.Builder}. Everything that is
 * shown is computed from what the model holds, so that a model that was loaded has the summary of
 * the one that was saved.
 *
 * <h2>The page</h2>
 *
 * <p>One file without a script, an image or a font from elsewhere: it can be mailed, put beside the
 * model and opened in ten years. Plots are SVG in the page. It follows the reader's choice of light
 * or dark, is printed in black on white, and is laid out for a phone first: plots are drawn 360
 * units wide, with letters that are readable at that width, and wide tables scroll by themselves.
 * What a plot shows is in a table, too, except for the points between the ends of a curve.
 *
 * <p>Names come from data and are not to be trusted. Each text goes through {@code Markup.escaped},
 * which also replaces what is no character of XML or would turn the direction of the text around
 * it; and the page tells the browser to load nothing and run nothing (a content security policy),
 * for the day on which that is not enough.
 *
 * <h2>The same text everywhere</h2>
 *
 * <p>Numbers are rounded by {@link java.math.BigDecimal}, from the exact value of the double, and
 * written without a locale: the text and the page of equal models are equal bytes, on every JDK.
 */
package io.drawbar.summary;
