package io.drawbar.learn;

import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * What a classifier learns from.
 *
 * @param trainer as it is written in a program
 * @param features the name of the vector column
 * @param label the name of the column of classes
 * @param weight the name of the column of weights, or empty
 * @param classes how many classes there are
 */
record ClassColumns(String trainer, String features, String label, String weight, int classes) {
  static final int MOST_CLASSES = 1000;

  /** Refuses, for the constructor of a trainer, names that are not names of three columns. */
  static void check(String type, String features, String label, String weight, int classes) {
    boolean sameName = features.equals(label) || features.equals(weight) || label.equals(weight);
    if (features.isBlank() || label.isBlank() || sameName) {
      throw new IllegalArgumentException(
          ("features, label and weight are columns of their own:"
                  + " %s.on(\"features\").predicting(\"label\"), not on '%s'"
                  + " predicting '%s'%s")
              .formatted(
                  type, features, label, weight.isEmpty() ? "" : " weighted by '" + weight + "'"));
    }
    if (classes < 2 || classes > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "there are 2 to %s classes, not %s".formatted(MOST_CLASSES, classes));
    }
  }

  /** The columns, in the order in which folds have them. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(features, label));
    if (!weight.isEmpty()) {
      columns.add(weight);
    }
    return columns;
  }

  /** The type of predictions: BOOLEAN if the label is, else LONG. */
  DataType predicted(Schema schema) {
    return schema.field(label).type() == DataType.BOOLEAN ? DataType.BOOLEAN : DataType.LONG;
  }

  /**
   * How many elements the features have.
   *
   * @throws io.drawbar.type.UnknownColumnException if one of the columns is not there
   * @throws TypeMismatchException if one is of a type that cannot be learned from
   */
  int elements(Schema schema) {
    int elements = TrainingColumns.elements(schema, features, trainer);
    DataType labelType = schema.field(label, trainer).type();
    if (labelType == DataType.STRING) {
      throw new TypeMismatchException(
          ("%s: column '%s' is STRING, but a label is BOOLEAN, or LONG or DOUBLE of 0 to %s; number"
                  + " its texts before: StringIndexer.on(\"%s\"), and predicting(\"%sIndex\")")
              .formatted(trainer, label, classes - 1, label, label));
    }
    if (!labelType.isNumeric() && labelType != DataType.BOOLEAN) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, but a label is BOOLEAN, LONG or DOUBLE"
              .formatted(trainer, label, labelType));
    }
    if (!weight.isEmpty() && !schema.field(weight, trainer).type().isNumeric()) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, but a weight is LONG or DOUBLE"
              .formatted(trainer, weight, schema.field(weight).type()));
    }
    return elements;
  }
}
