package io.drawbar.feature;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Pipeline;
import io.drawbar.UnusableDataException;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.testkit.ReferenceHash;
import io.drawbar.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** From text to weighed terms. */
class TermsTest extends FeatureFixture {
  private static final String[] DOCUMENTS = {
    "The cat saw the dog.", "A dog!", null, "", "Cats, cats & the cat: \u00C9T\u00C9",
  };

  private Dataset documents() {
    return column("text", DataType.STRING, (Object[]) DOCUMENTS);
  }

  @Test
  void termsAreInLowerCaseAndNoneIsEmpty() {
    Tokenizer words = Tokenizer.on("text").into("words");
    assertThat(values(documents().transform(saved(words, documents())), "words"))
        .containsExactly(
            List.of("the", "cat", "saw", "the", "dog"),
            List.of("a", "dog"),
            null,
            List.of(),
            List.of("cats", "cats", "the", "cat", "t"));
    Tokenizer letters = words.separatedBy("[^\\p{L}]+");
    assertThat((List<?>) values(documents().transform(letters), "words").get(4))
        .hasToString("[cats, cats, the, cat, \u00E9t\u00E9]");
    assertThat(Tokenizer.on("text")).hasToString("Tokenizer.on(\"text\").into(\"textTerms\")");
    assertThat(letters)
        .hasToString("Tokenizer.on(\"text\").into(\"words\").separatedBy(\"[^\\\\p{L}]+\")");
    assertThatThrownBy(() -> words.separatedBy("(")).isInstanceOf(DrawbarException.class);
    assertThatThrownBy(() -> column("text", DataType.LONG, 1L).transform(words))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("column 'text' is LONG, not STRING");
  }

  private static int position(String term, int elements) {
    long hash = ReferenceHash.xxh64(term.getBytes(StandardCharsets.UTF_8), 0);
    return (int) Long.remainderUnsigned(hash, elements);
  }

  @Test
  void termsAreCountedByTheirHashes() {
    Pipeline pipeline =
        Pipeline.of(
            Tokenizer.on("text").into("words"),
            HashingTermFrequency.on("words").into("x").withElements(50));
    Model model = saved(pipeline.fit(documents()));
    double[][] counts = vectorsOf(documents().transform(model), "x");
    double[] expected = new double[50];
    for (String term : List.of("cats", "cats", "the", "cat", "t")) {
      expected[position(term, 50)]++;
    }
    assertThat(counts[4]).containsExactly(expected);
    assertThat(counts[2]).isNull();
    assertThat(counts[3]).containsOnly(0);
  }

  /** XXH64 of its published test: a change would make old models wrong. */
  @Test
  void positionsDoNotChange() {
    Dataset one = column("w", DataType.listOf(DataType.STRING), List.of("", "a", "abc"));
    double[] counts =
        vectorsOf(one.transform(HashingTermFrequency.on("w").into("x").withElements(1 << 20)), "x")[
            0];
    // XXH64 with seed 0: "" EF46DB3751D8E999, "a" D24EC4F1A98C6E5B, "abc" 44BC2CF5AD770999.
    for (long hash : new long[] {0xEF46DB3751D8E999L, 0xD24EC4F1A98C6E5BL, 0x44BC2CF5AD770999L}) {
      assertThat(counts[(int) (hash & 0xFFFFF)]).isEqualTo(1);
    }
  }

  @Test
  void whatCannotBeHashedIsNamed() {
    HashingTermFrequency hashing = HashingTermFrequency.on("w");
    assertThat(hashing)
        .hasToString("HashingTermFrequency.on(\"w\").withElements(262144).into(\"wFrequencies\")");
    assertThatThrownBy(() -> column("w", DataType.STRING, "a").transform(hashing))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("not a list of STRING; make one before: Tokenizer.on(\"w\")");
    for (int elements : new int[] {0, (1 << 24) + 1}) {
      assertThatThrownBy(() -> hashing.withElements(elements))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("there are 1 to 16777216");
    }
  }

  /** Three documents; elements that are in three, two, one and none of them. */
  @Test
  void frequentElementsWeighLess() {
    double[][] rows = {{1, 2, 0, 0}, {3, -1, 0, -0.0}, {1, 0, 5, 0}};
    InverseDocumentFrequency frequency = InverseDocumentFrequency.on("x").into("w");
    InverseDocumentFrequencyModel model = frequency.fit(vectors(rows));

    double two = StrictMath.log(4 / 3.0);
    double one = StrictMath.log(2);
    double none = StrictMath.log(4);
    assertThat(model.weights()).containsExactly(0.0, two, one, none);
    assertThat(vectorsOf(vectors(rows).transform(saved(model)), "w")[1])
        .containsExactly(0, -two, 0, -0.0);
    assertThat(frequency.withLeastDocuments(2).fit(vectors(rows)).weights())
        .containsExactly(0.0, two, 0.0, 0.0);
    assertThat(frequency.withLeastDocuments(2))
        .hasToString("InverseDocumentFrequency.on(\"x\").withLeastDocuments(2).into(\"w\")");
    assertThat(model).hasToString("inverse document frequency of 'x' into 'w': 4 elements");
    assertThat(model.provenance().rows()).isEqualTo(3);
  }

  @Test
  void sparseVectorsGiveWhatDenseOnesGive() {
    Dataset sparse =
        documents()
            .where(col("text").isNotNull())
            .transform(Tokenizer.on("text").into("words"))
            .transform(HashingTermFrequency.on("words").into("x").withElements(40));
    Dataset dense = vectors(vectorsOf(sparse, "x"));
    InverseDocumentFrequencyModel model = InverseDocumentFrequency.on("x").fit(sparse);
    assertThat(model.weights()).isEqualTo(InverseDocumentFrequency.on("x").fit(dense).weights());
    areTheSame(vectorsOf(sparse.transform(model), "x"), vectorsOf(dense.transform(model), "x"));
  }

  @Test
  void whatCannotBeWeighedIsNamed() {
    InverseDocumentFrequency frequency = InverseDocumentFrequency.on("x");
    assertThatThrownBy(() -> frequency.fit(column("x", DataType.DOUBLE, 1.0)))
        .isInstanceOf(TypeMismatchException.class);
    assertThatThrownBy(() -> frequency.fit(column("x", DataType.vector(2))))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("no rows");
    assertThatThrownBy(() -> frequency.fit(column("x", DataType.vector(1), new double[1], null)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("1 row cannot be learned from: 1 null in 'x'.");
    assertThatThrownBy(() -> frequency.fit(vectors(new double[] {Double.NaN, 1.0 / 0})))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("'x' has 2 elements that are NaN or infinite");
  }

  @Test
  void modelsAreTheSameEverywhere() {
    Object[] texts =
        new Random(12).ints(1000, 0, 5000).mapToObj(n -> n % 7 + " " + n % 31 + " " + n).toArray();
    isTheSameEverywhere(
        Pipeline.of(
            Tokenizer.on("t").into("w"),
            HashingTermFrequency.on("w").into("x").withElements(1 << 12),
            InverseDocumentFrequency.on("x")),
        s -> column(s, "t", DataType.STRING, texts));
  }
}
