package io.drawbar.feature;

import io.drawbar.ModelContent;
import io.drawbar.ModelFormat;
import io.drawbar.Saveable;
import java.util.Map;
import java.util.function.Function;

/** Reads the transforms of this package. */
public final class FeatureFormat implements ModelFormat {
  @Override
  public Map<String, Function<ModelContent, Saveable>> readers() {
    return Map.ofEntries(
        Map.entry(VectorAssembler.TYPE, VectorAssembler::of),
        Map.entry(StandardScalerModel.TYPE, StandardScalerModel::of),
        Map.entry(MinMaxScalerModel.TYPE, MinMaxScalerModel::of),
        Map.entry(RobustScalerModel.TYPE, RobustScalerModel::of),
        Map.entry(StringIndexerModel.TYPE, StringIndexerModel::of),
        Map.entry(OneHotEncoderModel.TYPE, OneHotEncoderModel::of),
        Map.entry(ImputerModel.TYPE, ImputerModel::of),
        Map.entry(Bucketizer.TYPE, Bucketizer::of),
        Map.entry(QuantileDiscretizerModel.TYPE, QuantileDiscretizerModel::of),
        Map.entry(Tokenizer.TYPE, Tokenizer::of),
        Map.entry(HashingTermFrequency.TYPE, HashingTermFrequency::of),
        Map.entry(InverseDocumentFrequencyModel.TYPE, InverseDocumentFrequencyModel::of),
        Map.entry(PolynomialExpansion.TYPE, PolynomialExpansion::of));
  }
}
