package io.drawbar.evaluate;

import static io.drawbar.expr.Functions.col;

import io.drawbar.Dataset;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.math.ExactSum;
import io.drawbar.type.DataType;
import io.drawbar.type.VectorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well predictions tell several classes apart.
 *
 * <p>Rows are counted by label and prediction, on the engine, in one pass; all metrics are
 * functions of those counts. Classes are the labels and predictions that occur, in the order of
 * their values: numbers by size, texts by their UTF-8 bytes, false before true.
 *
 * <pre>{@code
 * MulticlassMetrics flowers = MulticlassMetrics.of(scored, "species", "predicted");
 * System.out.println(flowers);                                // tables of classes and confusions
 * flowers.count("virginica", "versicolor");                   // rows of the one taken for the other
 * flowers.against("virginica").recall();                      // one class against the rest
 * flowers.macroF1();
 * }</pre>
 */
public final class MulticlassMetrics {
  /** The most classes that are told apart. */
  public static final int MOST_CLASSES = 1_024;

  private static final MathContext DIGITS = new MathContext(40, RoundingMode.HALF_EVEN);

  /** As many classes are shown with their confusions, and as many without. */
  private static final int SHOWN_BESIDE = 12;

  private static final int SHOWN = 50;

  private final List<Object> classes;
  private final long[][] counts;
  private final long[] labelled;
  private final long[] predicted;
  private final long rows;
  private final double loss;

  private MulticlassMetrics(List<Object> classes, long[][] counts, double loss) {
    this.classes = classes;
    this.counts = counts;
    this.loss = loss;
    labelled = new long[counts.length];
    predicted = new long[counts.length];
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        labelled[i] += counts[i][j];
        predicted[j] += counts[i][j];
      }
    }
    rows = Arrays.stream(labelled).sum();
  }

  /**
   * Runs, and counts.
   *
   * @param label a LONG, STRING or BOOLEAN column
   * @param prediction a column of the same type
   * @throws io.drawbar.type.UnknownColumnException if one of the columns is not there
   * @throws TypeMismatchException if one is of another type
   * @throws UnusableDataException if there are no rows, a label or prediction is null, or there are
   *     more than {@value #MOST_CLASSES} classes
   */
  public static MulticlassMetrics of(Dataset scored, String label, String prediction) {
    DataType type = checkClasses(scored, label, prediction);
    Dataset texts =
        scored.select(
            col(label).cast(DataType.STRING).as("label"),
            col(prediction).cast(DataType.STRING).as("prediction"));
    return of(texts.reduce(new ClassKernel(0)), type, label, prediction, "");
  }

  /**
   * The same, and {@link #logLoss}.
   *
   * @param label a LONG column of positions in the vector, from 0, or a BOOLEAN one, false being at
   *     0
   * @param prediction a column of the same type
   * @param probability a vector column: the probability of each class
   * @throws io.drawbar.type.UnknownColumnException if one of the columns is not there
   * @throws TypeMismatchException if one is of another type
   * @throws UnusableDataException as {@link #of(Dataset, String, String)}, or if a vector is null,
   *     or its element at the label's position is not there or no probability
   */
  public static MulticlassMetrics of(
      Dataset scored, String label, String prediction, String probability) {
    DataType type = checkClasses(scored, label, prediction);
    DataType given = scored.schema().field(probability).type();
    if (type == DataType.STRING) {
      throw new TypeMismatchException(
          ("MulticlassMetrics: column '%s' is STRING, but only a LONG or BOOLEAN says which element"
                  + " of '%s' is its probability; number its labels with StringIndexer")
              .formatted(label, probability));
    }
    if (!(given instanceof VectorType vector)
        || vector.size() == 0
        || type == DataType.BOOLEAN && vector.size() != 2) {
      throw new TypeMismatchException(
          "MulticlassMetrics: column '%s' is %s, but a vector with a probability for each %s is wanted"
              .formatted(probability, given, type == DataType.BOOLEAN ? "of 2 classes" : "class"));
    }
    Dataset texts =
        scored.select(
            col(label).cast(DataType.STRING).as("label"),
            col(prediction).cast(DataType.STRING).as("prediction"),
            col(probability).as("probability"));
    ClassCounts found = texts.reduce(new ClassKernel(vector.size()));
    return of(found, type, label, prediction, probability);
  }

  private static DataType checkClasses(Dataset scored, String label, String prediction) {
    DataType labels = scored.schema().field(label).type();
    DataType predictions = scored.schema().field(prediction).type();
    for (String column : List.of(label, prediction)) {
      DataType type = scored.schema().field(column).type();
      if (type != DataType.LONG && type != DataType.STRING && type != DataType.BOOLEAN) {
        throw new TypeMismatchException(
            ("MulticlassMetrics: column '%s' is %s, but LONG, STRING or BOOLEAN is wanted;"
                    + " col(\"%s\").cast(DataType.LONG) makes whole numbers of others")
                .formatted(column, type, column));
      }
    }
    if (labels != predictions) {
      throw new TypeMismatchException(
          "MulticlassMetrics: column '%s' is %s and column '%s' is %s; cast one of them"
              .formatted(label, labels, prediction, predictions));
    }
    return labels;
  }

  private static MulticlassMetrics of(
      ClassCounts found, DataType type, String label, String prediction, String probability) {
    String defect = "";
    if (found.nulls() > 0) {
      defect =
          String.format(
              Locale.ROOT,
              "in %,d of %,d rows one of them is null; filter such rows out before",
              found.nulls(),
              found.nulls() + found.rows());
    } else if (found.hasTooMany()) {
      defect =
          String.format(
              Locale.ROOT,
              "there are more than %,d classes in %,d rows; for numbers that are no classes there"
                  + " is RegressionMetrics",
              MOST_CLASSES,
              found.rows());
    } else if (found.improbable() > 0) {
      defect =
          String.format(
              Locale.ROOT,
              "in %,d of %,d rows '%s' has no probability, from 0 to 1, at the label's position; its"
                  + " positions begin at 0",
              found.improbable(),
              found.rows(),
              probability);
    } else if (found.rows() == 0) {
      defect = "there are no rows";
    }
    if (!defect.isEmpty()) {
      throw new UnusableDataException(
          "MulticlassMetrics of '%s' and '%s': %s".formatted(label, prediction, defect));
    }
    double loss = probability.isEmpty() ? Double.NaN : found.loss() / found.rows();
    return of(found, type, loss);
  }

  /** The metrics of counts, with the classes in order. */
  static MulticlassMetrics of(ClassCounts found, DataType type, double loss) {
    List<byte[]> texts = found.classes();
    Comparator<Integer> order =
        type == DataType.LONG
            ? Comparator.comparing(i -> (Long) value(texts.get(i), type))
            : Comparator.comparing(texts::get, Arrays::compareUnsigned);
    List<Integer> sorted = IntStream.range(0, texts.size()).boxed().sorted(order).toList();
    long[][] counts = new long[sorted.size()][sorted.size()];
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        counts[i][j] = found.count(sorted.get(i), sorted.get(j));
      }
    }
    List<Object> classes = sorted.stream().map(i -> value(texts.get(i), type)).toList();
    return new MulticlassMetrics(classes, counts, loss);
  }

  private static Object value(byte[] bytes, DataType type) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (type == DataType.LONG) {
      return Long.valueOf(text);
    }
    return type == DataType.BOOLEAN ? (Object) Boolean.valueOf(text) : text;
  }

  /** The classes in order, each a Long, String or Boolean. */
  public List<Object> classes() {
    return classes;
  }

  /** The number of rows. */
  public long rows() {
    return rows;
  }

  /**
   * How many rows of a label have a prediction: an entry of the confusion matrix.
   *
   * @throws IllegalArgumentException if one of them is not among {@link #classes}
   */
  public long count(Object label, Object prediction) {
    return counts[index(label)][index(prediction)];
  }

  /**
   * One class against the rest: rows with this label are the positives, and its precision, recall
   * and F1 are those of the class. Precision is NaN if the class is never predicted, recall if it
   * is no row's label.
   *
   * @throws IllegalArgumentException if it is not among {@link #classes}
   */
  public Confusion against(Object label) {
    return against(index(label));
  }

  private int index(Object label) {
    Object asked = label instanceof Integer number ? (Object) number.longValue() : label;
    int index = classes.indexOf(asked);
    if (index < 0) {
      throw new IllegalArgumentException(
          "there is no class %s; there are %s".formatted(label, TextTable.cut(classes.toString())));
    }
    return index;
  }

  private Confusion against(int index) {
    long both = counts[index][index];
    long others = rows - labelled[index] - predicted[index] + both;
    return new Confusion(both, predicted[index] - both, others, labelled[index] - both);
  }

  private long right() {
    return IntStream.range(0, counts.length).mapToLong(i -> counts[i][i]).sum();
  }

  /** The share of rows whose prediction is their label. */
  public double accuracy() {
    return right() / (double) rows;
  }

  /**
   * Cohen's kappa, {@code (p - e) / (1 - e)}, where p is the accuracy and e the one that would be
   * expected if predictions were as frequent as they are and independent of labels (J. Cohen, "A
   * Coefficient of Agreement for Nominal Scales", 1960). 1 is perfect, 0 as good as chance; NaN if
   * there is but one class. Counted in whole numbers, and rounded once.
   */
  public double kappa() {
    BigInteger n = BigInteger.valueOf(rows);
    BigInteger chance = BigInteger.ZERO;
    for (int i = 0; i < counts.length; i++) {
      chance =
          chance.add(BigInteger.valueOf(labelled[i]).multiply(BigInteger.valueOf(predicted[i])));
    }
    BigInteger most = n.multiply(n).subtract(chance);
    BigInteger gained = n.multiply(BigInteger.valueOf(right())).subtract(chance);
    return most.signum() == 0
        ? Double.NaN
        : new BigDecimal(gained).divide(new BigDecimal(most), DIGITS).doubleValue();
  }

  /**
   * The mean over classes of precision. A class that is never predicted counts as 0, here and in
   * the other means, as in scikit-learn.
   */
  public double macroPrecision() {
    return macro(Confusion::precision);
  }

  /** The mean over classes of recall; a class that is no row's label counts as 0. */
  public double macroRecall() {
    return macro(Confusion::recall);
  }

  /** The mean over classes of F1. */
  public double macroF1() {
    return macro(Confusion::f1);
  }

  /** The mean over rows of the precision of their label's class. */
  public double weightedPrecision() {
    return weighted(Confusion::precision);
  }

  /** The mean over rows of the recall of their label's class: the accuracy, but for rounding. */
  public double weightedRecall() {
    return weighted(Confusion::recall);
  }

  /** The mean over rows of the F1 of their label's class. */
  public double weightedF1() {
    return weighted(Confusion::f1);
  }

  private double macro(ToDoubleFunction<Confusion> metric) {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < counts.length; i++) {
      sum.add(orZero(metric.applyAsDouble(against(i))));
    }
    return sum.round() / counts.length;
  }

  private double weighted(ToDoubleFunction<Confusion> metric) {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < counts.length; i++) {
      sum.addProduct(labelled[i], orZero(metric.applyAsDouble(against(i))));
    }
    return sum.round() / rows;
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  /**
   * The mean over rows of {@code -log(p)}, where p is the probability of the row's label, in nats;
   * one below {@link BinaryMetrics#LOG_LOSS_CLIP} counts as that. The losses are summed exactly.
   *
   * @throws IllegalStateException if no column of probabilities was given
   */
  public double logLoss() {
    if (Double.isNaN(loss)) {
      throw new IllegalStateException(
          "log-loss needs probabilities: MulticlassMetrics.of(scored, label, prediction,"
              + " probability)");
    }
    return loss;
  }

  /** A line, a table of the classes, and one of the confusions if there are few classes. */
  @Override
  public String toString() {
    String head =
        String.format(
            Locale.ROOT,
            "MulticlassMetrics: %,d rows, %,d classes, accuracy %.6f, kappa %.6f%s\n",
            rows,
            counts.length,
            accuracy(),
            kappa(),
            Double.isNaN(loss) ? "" : String.format(Locale.ROOT, ", log-loss %.6f", loss));
    TextTable table = new TextTable("class", "rows", "predicted", "precision", "recall", "F1");
    for (int i = 0; i < Math.min(SHOWN, counts.length); i++) {
      Confusion one = against(i);
      table.add(
          classes.get(i).toString(),
          labelled[i],
          predicted[i],
          one.precision(),
          one.recall(),
          one.f1());
    }
    if (counts.length > SHOWN) {
      table.add("...");
    }
    table.add("mean over classes", "", "", macroPrecision(), macroRecall(), macroF1());
    table.add("mean over rows", "", "", weightedPrecision(), weightedRecall(), weightedF1());
    return head + table + (counts.length > SHOWN_BESIDE ? "" : confusions());
  }

  private String confusions() {
    Object[] heads = new Object[counts.length + 1];
    heads[0] = "label \\ predicted";
    for (int i = 0; i < counts.length; i++) {
      heads[i + 1] = classes.get(i).toString();
    }
    TextTable table = new TextTable(heads);
    for (int i = 0; i < counts.length; i++) {
      Object[] line = new Object[counts.length + 1];
      line[0] = heads[i + 1];
      for (int j = 0; j < counts.length; j++) {
        line[j + 1] = counts[i][j];
      }
      table.add(line);
    }
    return table.toString();
  }
}
