package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.UnusableDataException;
import io.drawbar.iterate.Fingerprinted;
import io.drawbar.iterate.FingerprintedKernel;
import java.util.ArrayList;
import java.util.List;

/**
 * Weighs the elements of vectors of term frequencies: less, the more documents have the term.
 *
 * <pre>{@code
 * InverseDocumentFrequency.on("frequencies").into("features").fit(reviews)
 * }</pre>
 *
 * <p>Of n documents, an element that is not zero in m of them is multiplied by {@code log((n + 1) /
 * (m + 1))}, as in Spark: a term that is in every document weighs nothing, one that training did
 * not have {@code log(n + 1)}. Counts are exact, the quotient is rounded once, and the logarithm is
 * fdlibm's ({@link StrictMath#log}): weights depend on the documents alone. Sparse vectors stay
 * sparse.
 *
 * @param column a vector column without nulls, NaN or infinities
 * @param output the column of weighed vectors; the column itself unless {@link #into} says
 *     otherwise
 * @param leastDocuments elements that are not zero in fewer documents weigh nothing
 */
public record InverseDocumentFrequency(String column, String output, long leastDocuments)
    implements Trainer<InverseDocumentFrequencyModel> {
  /** Checks that the names are not blank. */
  public InverseDocumentFrequency {
    if (column.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: InverseDocumentFrequency.on(\"frequencies\").into(\"features\"), say");
    }
    if (leastDocuments < 0) {
      throw new IllegalArgumentException("a term is not in " + leastDocuments + " documents");
    }
  }

  /** Weights of a vector column, in place. */
  public static InverseDocumentFrequency on(String column) {
    return new InverseDocumentFrequency(column, column, 0);
  }

  /** The same with the weighed vectors in a column of their own. */
  public InverseDocumentFrequency into(String output) {
    return new InverseDocumentFrequency(column, output, leastDocuments);
  }

  /** The same without weight for terms that are in fewer documents than these. */
  public InverseDocumentFrequency withLeastDocuments(long documents) {
    return new InverseDocumentFrequency(column, output, documents);
  }

  /**
   * Fits in one pass.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is no vector
   * @throws UnusableDataException if there are no rows, a value is null, NaN or infinite, or there
   *     are more than {@link HashingTermFrequency#MOST_ELEMENTS} elements
   */
  @Override
  public InverseDocumentFrequencyModel fit(Dataset training) {
    VectorInput input = new VectorInput(this, training, column);
    int most = HashingTermFrequency.MOST_ELEMENTS;
    if (input.elements() > most) {
      throw new UnusableDataException(
          "%s: '%s' has %s elements; %s at most".formatted(this, column, input.elements(), most));
    }
    DocumentKernel kernel = new DocumentKernel(column, input.elements());
    Fingerprinted<DocumentCounts> found = training.reduce(new FingerprintedKernel<>(kernel));
    DocumentCounts counts = found.partial();
    if (counts.notFinite() > 0) {
      throw new UnusableDataException(
          "%s: '%s' has %s elements that are NaN or infinite; filter such rows out before"
              .formatted(this, column, counts.notFinite()));
    }
    input.check(counts.nulls(), counts.documents(), element -> true);
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < input.elements(); i++) {
      weights.add(weight(counts.documents(), counts.count(i)));
    }
    Provenance provenance = Provenance.of(this, training, kernel.columns(), found.data());
    return new InverseDocumentFrequencyModel(column, output, weights, provenance);
  }

  private double weight(long documents, long with) {
    return with < leastDocuments
        ? 0
        : StrictMath.log((double) (documents + 1) / (double) (with + 1));
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    String least = leastDocuments == 0 ? "" : ".withLeastDocuments(" + leastDocuments + ")";
    String into = output.equals(column) ? "" : ".into(\"" + output + "\")";
    return "InverseDocumentFrequency.on(\"" + column + "\")" + least + into;
  }
}
