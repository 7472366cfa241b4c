package io.drawbar.learn;

import io.drawbar.ModelContent;
import io.drawbar.ModelFormat;
import io.drawbar.Saveable;
import java.util.Map;
import java.util.function.Function;

/** Reads the models of this package. */
public final class LearnFormat implements ModelFormat {
  @Override
  public Map<String, Function<ModelContent, Saveable>> readers() {
    return Map.of(
        LinearRegressionModel.TYPE, LinearRegressionModel::of,
        LogisticRegressionModel.TYPE, LogisticRegressionModel::of,
        KMeansModel.TYPE, KMeansModel::of,
        PcaModel.TYPE, PcaModel::of,
        RegularisationPathModel.TYPE, RegularisationPathModel::of,
        NaiveBayesModel.TYPE, NaiveBayesModel::of,
        GaussianMixtureModel.TYPE, GaussianMixtureModel::of);
  }

  @Override
  public int revision(String type) {
    return switch (type) {
      case LinearRegressionModel.TYPE -> LinearRegressionModel.REVISION;
      case LogisticRegressionModel.TYPE -> LogisticRegressionModel.REVISION;
      case KMeansModel.TYPE -> KMeansModel.REVISION;
      default -> 0;
    };
  }
}
