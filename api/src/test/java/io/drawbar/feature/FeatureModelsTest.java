package io.drawbar.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.DamagedModelException;
import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Session;
import io.drawbar.UnusableDataException;
import io.drawbar.column.BatchBuilder;
import io.drawbar.config.Config;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureModelsTest {
  @TempDir private Path scratch;
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "7"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Dataset column(String name, DataType type, Object... values) {
    Schema schema = Schema.empty().with(name, type);
    List<Row> rows = Arrays.stream(values).map(value -> Row.of(schema, value)).toList();
    return session.read(Records.of(schema, rows));
  }

  private Dataset vectors(double[]... rows) {
    return column("x", DataType.vector(rows[0].length), (Object[]) rows);
  }

  private static List<Object> values(Dataset rows, String column) {
    return rows.collect().stream().map(row -> row.value(column)).toList();
  }

  private Model saved(Model model) {
    Path path = scratch.resolve(model.fingerprint() + ".zip");
    model.save(path);
    Model loaded = Model.load(path);
    assertThat(loaded).isEqualTo(model);
    return loaded;
  }

  @Test
  void scalingMakesMeanZeroAndDeviationOne() {
    // 2, 4, 4, 4, 5, 5, 7, 9: sum 40, squares about the mean 32; over n - 1, the root of 32 / 7.
    Dataset rows =
        vectors(
            new double[][] {
              {2, 3}, {4, 3}, {4, 3}, {4, 3}, {5, 3}, {5, 3}, {7, 3}, {9, 3},
            });
    StandardScalerModel model = StandardScaler.on("x").fit(rows);

    assertThat(model.means()).containsExactly(5.0, 3.0);
    assertThat(model.deviations()).containsExactly(Math.sqrt(32 / 7.0), 0.0);
    double[] last = (double[]) values(rows.transform(saved(model)), "x").get(7);
    assertThat(last).containsExactly(4 * (1 / Math.sqrt(32 / 7.0)), 0);
    assertThat(model.provenance().parameters()).containsEntry("output", "x");
    assertThat(model.provenance().rows()).isEqualTo(8);
  }

  @Test
  void scalingGoesIntoAColumnOfItsOwn() {
    Dataset rows = vectors(new double[] {1}, new double[] {3});
    Dataset scaled = rows.transform(StandardScaler.on("x").into("z").fit(rows));

    assertThat(scaled.schema().names()).containsExactly("x", "z");
    assertThat((double[]) values(scaled, "z").get(0)).containsExactly(-1 * (1 / Math.sqrt(2)));
  }

  /** Far from zero, of all magnitudes, in any order: the digits of rational arithmetic. */
  @Test
  void meanAndDeviationAreThoseOfExactArithmetic() {
    Random random = new Random(4);
    double[][] rows = new double[200][3];
    for (double[] row : rows) {
      row[0] = 1e9 + random.nextDouble();
      row[1] = Math.scalb(random.nextGaussian(), random.nextInt(900) - 450);
      row[2] = random.nextInt(20) == 0 ? 0.1 + 0x1p-56 : 0.1;
    }
    StandardScalerModel model = StandardScaler.on("x").fit(vectors(rows));
    for (int j = 0; j < 3; j++) {
      BigDecimal n = BigDecimal.valueOf(rows.length);
      BigDecimal sum = BigDecimal.ZERO;
      for (double[] row : rows) {
        sum = sum.add(new BigDecimal(row[j]));
      }
      BigDecimal squares = BigDecimal.ZERO;
      for (double[] row : rows) {
        squares = squares.add(new BigDecimal(row[j]).multiply(n).subtract(sum).pow(2));
      }
      BigDecimal variance =
          squares.divide(n.pow(2).multiply(n.subtract(BigDecimal.ONE)), new MathContext(60));
      assertThat(model.means().get(j)).isEqualTo(sum.divide(n, new MathContext(60)).doubleValue());
      assertThat(model.deviations().get(j))
          .isEqualTo(variance.sqrt(new MathContext(60)).doubleValue());
    }
    List<double[]> shuffled = new ArrayList<>(List.of(rows));
    Collections.shuffle(shuffled, random);
    assertThat(StandardScaler.on("x").fit(vectors(shuffled.toArray(double[][]::new))))
        .isEqualTo(model);
  }

  @Test
  void aConstantElementIsCentred() {
    double[][] rows = new double[10][];
    Arrays.fill(rows, new double[] {.1});
    StandardScalerModel model = StandardScaler.on("x").fit(vectors(rows));

    assertThat(model.means()).containsExactly(.1);
    assertThat(model.deviations()).containsExactly(0.0);
    assertThat(StandardScaler.on("x").fit(vectors(new double[] {5})).deviations())
        .containsExactly(0.0);
  }

  @Test
  void whatCannotBeScaledIsNamed() {
    StandardScaler scaler = StandardScaler.on("x");
    assertThatThrownBy(() -> scaler.fit(column("x", DataType.DOUBLE, 1.0)))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("StandardScaler.on(\"x\"): column 'x' is DOUBLE, not a vector");
    assertThatThrownBy(
            () -> scaler.fit(column("x", DataType.vector(1), new double[] {1}, null, null)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(
            "2 rows cannot be learned from: 2 null in 'x'. Leave them out with"
                + " where(col(\"x\").isNotNull())");
    assertThatThrownBy(() -> scaler.fit(column("x", DataType.vector(1))))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("no rows");
    for (double odd : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> scaler.fit(vectors(new double[] {1, 1}, new double[] {1, odd})))
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("'x[1]' is NaN or infinite in some row");
    }
    StandardScalerModel model = scaler.fit(vectors(new double[] {1}, new double[] {2}));
    assertThatThrownBy(() -> vectors(new double[] {1, 1}).transform(model))
        .isInstanceOf(TypeMismatchException.class);
  }

  @Test
  void labelsAreOrderedByCountAndThenByBytes() {
    Dataset rows =
        column("city", DataType.STRING, "b", "\uFF5E", "a", "\uD83D\uDE9C", "b", "", "c", "c", "b");
    StringIndexerModel model = StringIndexer.on("city").fit(rows);

    // As UTF-16 the tractor (a pair of surrogates) would come before the wave dash.
    assertThat(model.labels()).containsExactly("b", "c", "", "a", "\uFF5E", "\uD83D\uDE9C");
    assertThat(values(rows.transform(saved(model)), "cityIndex"))
        .containsExactly(0L, 4L, 3L, 5L, 0L, 2L, 1L, 1L, 0L);
    assertThat(model.provenance().rows()).isEqualTo(9);
  }

  @Test
  void unknownLabelsAreErrorsOrShareAnIndex() {
    Dataset rows = column("city", DataType.STRING, "b", "a", "b");
    Dataset others = column("city", DataType.STRING, "a", "Rome", null);
    StringIndexerModel strict = StringIndexer.on("city").fit(rows);
    assertThatThrownBy(() -> others.transform(strict).collect())
        .isInstanceOf(EvaluationException.class)
        .hasMessageStartingWith(
            "'Rome' in city is none of the 2 labels known (b, a); filter such rows out before, or"
                + " give them an index, a StringIndexer's with unknownAs(Unknown.OWN_INDEX)");
    assertThatThrownBy(() -> StringIndexer.on("city").fit(others))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("'city' is null in 1 rows");

    StringIndexer lenient = StringIndexer.on("city").into("i").unknownAs(Unknown.OWN_INDEX);
    assertThat(values(others.transform(saved(lenient.fit(rows))), "i")).containsExactly(1L, 2L, 2L);
    assertThat(lenient.fit(others).labels()).containsExactly("Rome", "a");
  }

  @Test
  void whatHasNoLabelsIsNamed() {
    assertThatThrownBy(() -> StringIndexer.on("x").fit(column("x", DataType.LONG, 1L)))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("cast(DataType.STRING)");
    assertThatThrownBy(() -> StringIndexer.on("x").fit(column("x", DataType.STRING)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("no label");
  }

  /** The rows, counted by label, have the fingerprint of the rows one by one. */
  @Test
  void theFingerprintOfGroupsIsThatOfTheirRows() {
    Dataset rows = column("city", DataType.STRING, "b", "a", "b", null, "b", "");
    StringIndexer indexer = StringIndexer.on("city").unknownAs(Unknown.OWN_INDEX);
    String found = indexer.fit(rows).provenance().data();

    DataFingerprint one = new DataFingerprint();
    BatchBuilder batch = new BatchBuilder(rows.schema());
    rows.collect().forEach(batch::append);
    one.add(batch.build());
    assertThat(found).isEqualTo(one.toString()).hasSize(32);
  }

  @Test
  void anIndexIsOneHot() {
    Dataset rows = column("i", DataType.LONG, 0L, 2L, 1L);
    OneHotEncoderModel all = OneHotEncoder.on("i").fit(rows);
    assertThat(all.categories()).isEqualTo(3);
    assertThat((double[]) values(rows.transform(saved(all)), "iVector").get(1))
        .containsExactly(0, 0, 1);
    Model fewer = saved(OneHotEncoder.on("i").into("v").droppingLast().fit(rows));
    assertThat((double[]) values(rows.transform(fewer), "v").get(1)).containsExactly(0, 0);
    assertThat((double[]) values(rows.transform(fewer), "v").get(2)).containsExactly(0, 1);
    assertThatThrownBy(() -> column("i", DataType.LONG, 3L).transform(all).collect())
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("3 is not one of 0 to 2");
  }

  /** What a model is trained with enters its fingerprint: words of the field, not truth values. */
  @Test
  void choicesAreSavedByName() {
    Dataset rows = column("i", DataType.LONG, 0L, 2L, 1L);
    OneHotEncoderModel model = OneHotEncoder.on("i").into("v").droppingLast().fit(rows);
    assertThat(model.provenance().parameters())
        .isEqualTo(Map.of("column", "i", "output", "v", "drop", "LAST"));
    assertThat(model.content().choice("drop", Drop.class)).isEqualTo(Drop.LAST);
    assertThatThrownBy(() -> model.content().choice("drop", Unknown.class))
        .isInstanceOf(DamagedModelException.class)
        .hasMessage("setting 'drop' of a one-hot-encoder is 'LAST', not one of [ERROR, OWN_INDEX]");
  }

  @Test
  void whatIsNoIndexIsNamed() {
    OneHotEncoder encoder = OneHotEncoder.on("i");
    assertThatThrownBy(() -> encoder.fit(column("i", DataType.STRING, "a")))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("StringIndexer");
    for (long outside : new long[] {-1, 10_000}) {
      assertThatThrownBy(() -> encoder.fit(column("i", DataType.LONG, 0L, outside)))
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining(" " + outside)
          .hasMessageContaining("from 0 to 9999");
    }
    assertThatThrownBy(() -> encoder.fit(column("i", DataType.LONG, 0L, null)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("null in 1 rows");
    assertThatThrownBy(() -> encoder.fit(column("i", DataType.LONG)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("no rows");
    assertThatThrownBy(() -> encoder.droppingLast().fit(column("i", DataType.LONG, 0L)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("one category only");
  }
}
