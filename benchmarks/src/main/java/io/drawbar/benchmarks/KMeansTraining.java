package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.learn.KMeans;
import io.drawbar.learn.KMeansModel;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Twenty clusters in at most twenty rounds. Numbers: one centre after the other. Objective: the
 * mean of squared distances to the nearest centre. It has many places where it is lowest nearby,
 * and where a program ends is a matter of its start: so all are held to within a few hundredths of
 * where the rounds lead from the centres that the rows were made around.
 */
final class KMeansTraining extends Training {
  static final int CLUSTERS = 20;
  static final int ROUNDS = 20;

  private static final double EXCESS = 0.03;

  KMeansTraining() {
    super("kmeans", Blobs.ROWS);
  }

  @Override
  double[] drawbar(Dataset rows) {
    KMeansModel model =
        KMeans.on("features").withClusters(CLUSTERS).withMostSteps(ROUNDS).fit(rows);
    return model.centres().stream()
        .flatMap(centre -> centre.stream())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** S. P. Lloyd's rounds from a start by k-means++ on a sample. */
  @Override
  double[] byHand(TrainingRows rows, double tolerance) {
    return rounds(rows, start(rows, CLUSTERS), ROUNDS);
  }

  /** The centres after so many rounds, or less if they rest. */
  static double[] rounds(TrainingRows rows, double[] start, int most) {
    int features = rows.features();
    int clusters = start.length / features;
    double[] centres = start;
    for (int round = 0; round < most; round++) {
      double[] before = centres;
      double[] sums =
          rows.sum(
              clusters * (1 + features), (from, to, into) -> add(rows, from, to, before, into));
      centres = before.clone();
      for (int c = 0; c < clusters; c++) {
        int at = c * (1 + features);
        for (int j = 0; j < features && sums[at] > 0; j++) {
          centres[c * features + j] = sums[at + 1 + j] / sums[at];
        }
      }
      if (Arrays.equals(before, centres)) {
        break;
      }
    }
    return centres;
  }

  /** For each cluster the number of rows and their sums. */
  private static void add(TrainingRows rows, int from, int to, double[] centres, double[] into) {
    for (int i = from; i < to; i++) {
      double[] row = rows.rows()[i];
      TrainingRows.addTimes(1, row, into, nearest(row, centres) * row.length);
    }
  }

  /** The number of the centre that is nearest to a row. */
  static int nearest(double[] row, double[] centres) {
    int clusters = centres.length / (row.length - 1);
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < clusters; c++) {
      double distance = distance(row, centres, c);
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    return nearest;
  }

  private static double distance(double[] row, double[] centres, int centre) {
    int features = row.length - 1;
    double even = 0;
    double odd = 0;
    int at = centre * features;
    for (int j = 0; j < features - 1; j += 2) {
      double a = row[j] - centres[at + j];
      double b = row[j + 1] - centres[at + j + 1];
      even += a * a;
      odd += b * b;
    }
    return even + odd;
  }

  /** Centres by k-means++ on a sample. */
  static double[] start(TrainingRows rows, int clusters) {
    SplittableRandom random = new SplittableRandom(17);
    double[][] sample = new double[Math.min(rows.size(), 20_000)][];
    Arrays.setAll(sample, i -> rows.rows()[random.nextInt(rows.size())]);
    double[] centres = new double[clusters * rows.features()];
    double[] nearest = new double[sample.length];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    double total = sample.length;
    for (int c = 0; c < clusters; c++) {
      double left = random.nextDouble() * total;
      int picked = -1;
      do {
        picked++;
        left -= c == 0 ? 1 : nearest[picked];
      } while (left > 0 && picked < sample.length - 1);
      System.arraycopy(sample[picked], 0, centres, c * rows.features(), rows.features());
      total = 0;
      for (int i = 0; i < sample.length; i++) {
        nearest[i] = Math.min(nearest[i], distance(sample[i], centres, c));
        total += nearest[i];
      }
    }
    return centres;
  }

  @Override
  double least(TrainingRows rows) {
    double[] planted = Arrays.stream(Blobs.centres()).flatMapToDouble(Arrays::stream).toArray();
    return objective(rounds(rows, planted, ROUNDS), rows);
  }

  @Override
  double mostExcess(String contender) {
    return EXCESS;
  }

  @Override
  double objective(double[] learned, TrainingRows rows) {
    double[] cost =
        rows.sum(
            1,
            (from, to, into) -> {
              for (int i = from; i < to; i++) {
                double least = Double.POSITIVE_INFINITY;
                for (int c = 0; c < CLUSTERS; c++) {
                  least = Math.min(least, distance(rows.rows()[i], learned, c));
                }
                into[0] += least;
              }
            });
    return cost[0] / rows.size();
  }
}
