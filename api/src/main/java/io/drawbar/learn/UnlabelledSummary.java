package io.drawbar.learn;

import io.drawbar.summary.Summary;
import java.util.ArrayList;
import java.util.List;

/** What is said of models that were learnt without a label. */
final class UnlabelledSummary {
  private static final int MOST_LINES = 200;
  private static final int MOST_ELEMENTS = 6;

  private UnlabelledSummary() {}

  static Summary of(KMeansModel model) {
    long rows = model.sizes().stream().mapToLong(Long::longValue).sum();
    int clusters = model.centres().size();
    Summary.Builder summary =
        Summary.of("k-means on '" + model.features() + "'")
            .figure("clusters", clusters)
            .figure("rows", rows)
            .figure("cost", model.cost())
            .figure("supersteps", model.supersteps());
    int shown = Math.min(MOST_ELEMENTS, model.elements().size());
    List<String> heads = new ArrayList<>(List.of("cluster", "rows", "share"));
    heads.addAll(model.elements().subList(0, shown));
    List<List<Object>> lines = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Double> sizes = new ArrayList<>();
    for (int c = 0; c < clusters; c++) {
      double size = model.sizes().get(c);
      names.add(String.valueOf(c));
      sizes.add(size);
      List<Object> line = new ArrayList<>(List.of(String.valueOf(c), model.sizes().get(c)));
      line.add(Summary.digits(100 * size / rows, 3) + "%");
      line.addAll(model.centres().get(c).subList(0, shown));
      lines.add(line);
    }
    int most = Math.min(lines.size(), MOST_LINES);
    summary.table("clusters and their centres", heads, lines.subList(0, most));
    if (most < lines.size()) {
      summary.note("and " + (lines.size() - most) + " more clusters");
    }
    if (shown < model.elements().size()) {
      summary.note("Centres have " + (model.elements().size() - shown) + " more elements.");
    }
    summary.bars("sizes of clusters", "rows", names, sizes);
    summary.curve("cost", "superstep", 1, "sum of squared distances", model.costs());
    return summary.part(model.provenance().summary()).build();
  }

  static Summary of(GaussianMixtureModel model) {
    int components = model.weights().size();
    int shown = Math.min(MOST_ELEMENTS, model.elements().size());
    List<String> heads = new ArrayList<>(List.of("component", "share"));
    heads.addAll(model.elements().subList(0, shown));
    List<List<Object>> lines = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int k = 0; k < components; k++) {
      names.add(String.valueOf(k));
      List<Object> line = new ArrayList<>(List.of(String.valueOf(k), model.weights().get(k)));
      line.addAll(model.expected(k, shown));
      lines.add(line);
    }
    Summary.Builder summary =
        Summary.of(
                "mixture of %s normal distributions on '%s'"
                    .formatted(components, model.features()))
            .figure("rows", model.rows())
            .figure("log-likelihood", model.logLikelihood())
            .figure("AIC", model.aic())
            .figure("BIC", model.bic())
            .figure("parameters", model.parameters())
            .figure("supersteps", model.supersteps());
    int most = Math.min(lines.size(), MOST_LINES);
    summary.table("components: share, and mean +- deviation", heads, lines.subList(0, most));
    summary.bars("shares of components", "share of the rows", names, model.weights());
    return summary.part(model.provenance().summary()).build();
  }

  static Summary of(PcaModel model) {
    List<Double> explained = model.explained();
    List<String> names = new ArrayList<>();
    List<Double> percents = new ArrayList<>();
    List<List<Object>> lines = new ArrayList<>();
    double together = 0;
    for (int i = 0; i < explained.size(); i++) {
      together += explained.get(i);
      names.add(String.valueOf(i));
      percents.add(100 * explained.get(i));
      lines.add(
          List.of(
              String.valueOf(i),
              model.variances().get(i),
              Summary.digits(100 * explained.get(i), 4) + "%",
              Summary.digits(100 * together, 4) + "%"));
    }
    Summary.Builder summary =
        Summary.of("principal components of '" + model.features() + "'")
            .figure("rows", model.provenance().rows())
            .figure("elements", model.elements().size())
            .figure("components", explained.size())
            .figure("variance in all", model.totalVariance())
            .figure("share explained", Summary.digits(100 * together, 4) + "%");
    int most = Math.min(lines.size(), MOST_LINES);
    summary.table(
        "variance along components",
        List.of("component", "variance", "share", "together"),
        lines.subList(0, most));
    if (most < lines.size()) {
      summary.note("and " + (lines.size() - most) + " more components");
    }
    summary.bars("share of the variance", "percent", names, percents);
    directions(summary, model);
    return summary.part(model.provenance().summary()).build();
  }

  /** What the first components are made of. */
  private static void directions(Summary.Builder summary, PcaModel model) {
    int shown = Math.min(MOST_ELEMENTS, model.directions().size());
    List<String> heads = new ArrayList<>(List.of("element"));
    for (int i = 0; i < shown; i++) {
      heads.add("component " + i);
    }
    List<List<Object>> lines = new ArrayList<>();
    for (int j = 0; j < Math.min(MOST_LINES, model.elements().size()); j++) {
      List<Object> line = new ArrayList<>(List.of(model.elements().get(j)));
      for (int i = 0; i < shown; i++) {
        line.add(model.directions().get(i).get(j));
      }
      lines.add(line);
    }
    summary.table("what components are made of", heads, lines);
  }
}
