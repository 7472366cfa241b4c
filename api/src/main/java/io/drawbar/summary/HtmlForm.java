package io.drawbar.summary;

import java.util.List;

/** A summary as a page. */
final class HtmlForm {
  /** Deeper headings are not smaller. */
  private static final int LAST_HEADING = 4;

  private static final String STYLE =
      """
      :root {
        --paper: #ffffff; --ink: #1c2330; --soft: #5a6474; --rule: #d8dde6; --tint: #f4f6f9;
        --mark: #1b64c8; --faint: #a9c6ee;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --paper: #12161d; --ink: #e7eaf0; --soft: #a0a9b8; --rule: #303846; --tint: #1b212b;
          --mark: #74b0ff; --faint: #35568a;
        }
      }
      @media print {
        :root {
          --paper: #ffffff; --ink: #000000; --soft: #444444; --rule: #bbbbbb; --tint: #ffffff;
          --mark: #1b64c8; --faint: #9db8dd;
        }
      }
      * { box-sizing: border-box; }
      html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; }
      body {
        margin: 0 auto; padding: 1.25rem 1rem 3rem; max-width: 56rem;
        font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
      }
      h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
      h2, h3, h4 { font-size: 1.1rem; line-height: 1.3; margin: 1.75rem 0 .5rem; overflow-wrap: anywhere; }
      section { border-top: 2px solid var(--rule); margin-top: 2.5rem; padding-top: .5rem; }
      section section { border-top-width: 1px; }
      section > h2 { font-size: 1.25rem; margin-top: .75rem; }
      dl {
        display: grid; gap: .5rem; margin: 0 0 1rem; padding: 0;
        grid-template-columns: repeat(auto-fill, minmax(min(9.5rem, 100%), 1fr));
      }
      dl > div { background: var(--tint); border-radius: .4rem; padding: .5rem .75rem; min-width: 0; }
      dl > div.wide { grid-column: 1 / -1; }
      dt { color: var(--soft); font-size: .8rem; }
      dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
      dd { white-space: pre-wrap; }
      p { max-width: 44rem; overflow-wrap: anywhere; }
      .table { overflow-x: auto; margin: 0 0 1rem; }
      table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
      th, td { padding: .3rem .75rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); }
      th {
        color: var(--soft); font-weight: 600; vertical-align: bottom; min-width: 4rem;
        max-width: 9rem; white-space: normal; overflow-wrap: anywhere;
      }
      td:first-child, th:first-child {
        text-align: left; padding-left: 0; white-space: normal; overflow-wrap: anywhere;
        min-width: 7rem; max-width: 22rem;
      }
      figure { margin: 0 0 1rem; break-inside: avoid; }
      figcaption { color: var(--soft); font-size: .8rem; }
      svg { display: block; width: 100%; max-width: 30rem; height: auto; }
      svg text { font: 11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--soft); }
      .grid { stroke: var(--rule); }
      .axis { stroke: var(--soft); }
      .zero { stroke: var(--soft); stroke-dasharray: 3 3; }
      .range { stroke: var(--faint); stroke-width: 5; stroke-linecap: round; }
      .point { fill: var(--mark); }
      .bar { fill: var(--mark); }
      .curve { fill: none; stroke: var(--mark); stroke-width: 1.75; stroke-linejoin: round; }
      @media print {
        body { max-width: none; padding: 0; font-size: 11pt; }
        .table { overflow: visible; }
        table { font-size: 9pt; }
        tr, dl > div { break-inside: avoid; }
        h1, h2, h3, h4 { break-after: avoid; }
        dl > div { border: 1px solid var(--rule); }
        * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      }
      """;

  /** Nothing is loaded and nothing runs; styles are those of the page. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  /** What is longer takes the whole width of the page. */
  private static final int WIDE = 28;

  private final StringBuilder page = new StringBuilder();

  private HtmlForm() {}

  static String of(Summary summary) {
    HtmlForm form = new HtmlForm();
    form.page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    form.page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"").append(POLICY);
    form.page.append("\"/>\n<meta name=\"viewport\" content=\"width=device-width, ");
    form.page.append("initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    form.element("title", summary.title());
    form.page.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    form.append(summary, 1);
    form.page.append("</body>\n</html>\n");
    return form.page.toString();
  }

  private void element(String name, String text) {
    page.append('<').append(name).append('>').append(Markup.escaped(text));
    page.append("</").append(name).append(">\n");
  }

  private static String heading(int level) {
    return "h" + Math.min(level, LAST_HEADING);
  }

  private void append(Summary summary, int level) {
    element(heading(level), summary.title());
    for (Block block : summary.blocks()) {
      if (block instanceof Block.Figures figures) {
        figures(figures);
      } else if (block instanceof Block.Note note) {
        element("p", note.sentence());
      } else if (block instanceof Block.Table table) {
        element(heading(level + 1), table.title());
        table(table);
      } else if (block instanceof Block.Ranges plot) {
        figure(level, plot.title(), Plots.ranges(plot), Plots.caption(plot.unit(), plot.values()));
      } else if (block instanceof Block.Curve plot) {
        figure(level, plot.title(), Plots.curve(plot), plot.unit());
      } else if (block instanceof Block.Bars plot) {
        figure(level, plot.title(), Plots.bars(plot), Plots.caption(plot.unit(), plot.values()));
      } else if (block instanceof Block.Histogram plot) {
        figure(level, plot.title(), HistogramPlot.of(plot), plot.unit());
      } else if (block instanceof Block.Part part) {
        page.append("<section>\n");
        append(part.summary(), level + 1);
        page.append("</section>\n");
      }
    }
  }

  private void figures(Block.Figures figures) {
    page.append("<dl>\n");
    for (int i = 0; i < figures.names().size(); i++) {
      String value = figures.values().get(i);
      page.append(value.length() > WIDE ? "<div class=\"wide\">" : "<div>");
      page.append("<dt>").append(Markup.escaped(figures.names().get(i))).append("</dt><dd>");
      page.append(Markup.escaped(value)).append("</dd></div>\n");
    }
    page.append("</dl>\n");
  }

  private void table(Block.Table table) {
    page.append("<div class=\"table\" tabindex=\"0\">\n<table>\n<thead>");
    row("th", table.heads());
    page.append("</thead>\n<tbody>\n");
    for (List<String> cells : table.rows()) {
      row("td", cells);
    }
    page.append("</tbody>\n</table>\n</div>\n");
  }

  private void row(String kind, List<String> cells) {
    page.append("<tr>");
    for (String cell : cells) {
      page.append('<').append(kind).append('>').append(Markup.escaped(cell));
      page.append("</").append(kind).append('>');
    }
    page.append("</tr>\n");
  }

  private void figure(int level, String title, String drawing, String caption) {
    if (drawing.isEmpty()) {
      return;
    }
    element(heading(level + 1), title);
    page.append("<figure>\n").append(drawing);
    if (!caption.isEmpty()) {
      element("figcaption", caption);
    }
    page.append("</figure>\n");
  }
}
