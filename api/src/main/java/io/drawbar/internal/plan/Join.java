package io.drawbar.internal.plan;

import io.drawbar.error.NearestName;
import io.drawbar.expr.JoinKind;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.DuplicateColumnException;
import io.drawbar.type.Field;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows of two inputs that have the same keys. Null is the same as nothing, not even as null.
 *
 * @param keys columns of both, of the same types
 * @param schema the left's columns, and, but for {@code SEMI} and {@code ANTI}, those of the right
 *     that are not keys
 */
public record Join(
    LogicalPlan left, LogicalPlan right, List<String> keys, JoinKind kind, Schema schema)
    implements Keyed {
  public Join {
    keys = List.copyOf(keys);
  }

  /**
   * A join whose columns have been checked.
   *
   * @throws UnknownColumnException if a key is not on both sides
   * @throws DuplicateColumnException if another column is on both sides
   * @throws TypeMismatchException if the types of a key differ, or have no equality
   */
  public static Join of(LogicalPlan left, LogicalPlan right, List<String> keys, JoinKind kind) {
    if (keys.isEmpty()) {
      throw new TypeMismatchException(
          "at least one column is needed that both sides have; name it after the other side:"
              + " (other, \"%s\")".formatted(common(left.schema(), right.schema())));
    }
    for (String key : keys) {
      Field here = side("left", left.schema(), key, right.schema());
      Field there = side("right", right.schema(), key, left.schema());
      if (!here.type().equals(there.type())) {
        throw new TypeMismatchException(
            "'%s' is %s on the left and %s on the right; cast one of them"
                .formatted(key, here.type(), there.type()));
      }
      if (!(here.type() instanceof ScalarType)) {
        throw new TypeMismatchException("'%s' is %s, which is no key".formatted(key, here.type()));
      }
    }
    List<Field> fields = new ArrayList<>(left.schema().fields());
    if (kind.addsColumns()) {
      for (Field field : right.schema().fields()) {
        if (!keys.contains(field.name())) {
          rejectTwice(left.schema(), field.name());
          fields.add(Field.optional(field.name(), field.type()));
        }
      }
    }
    return new Join(left, right, keys, kind, new Schema(fields));
  }

  /** A column of both sides; {@code id} if there is none. */
  private static String common(Schema left, Schema right) {
    return left.names().stream()
        .filter(name -> right.find(name).isPresent())
        .findFirst()
        .orElse("id");
  }

  private static Field side(String side, Schema schema, String key, Schema other) {
    if (schema.find(key).isEmpty()) {
      throw new UnknownColumnException(
          "the %s side has no column '%s'; it has: %s.%s"
              .formatted(side, key, schema, renamed(schema, key, other)));
    }
    return schema.field(key);
  }

  /** How a key that has two names gets one; empty if neither side has it. */
  private static String renamed(Schema schema, String key, Schema other) {
    if (other.find(key).isEmpty()) {
      return NearestName.suggestion(key, schema.names());
    }
    DataType type = other.field(key).type();
    List<String> alike =
        schema.fields().stream().filter(f -> f.type().equals(type)).map(Field::name).toList();
    String called =
        NearestName.of(key, schema.names()).orElse(alike.size() == 1 ? alike.get(0) : "...");
    return " If it is called otherwise there, rename(\"%s\", \"%s\") it first."
        .formatted(called, key);
  }

  private static void rejectTwice(Schema left, String name) {
    if (left.find(name).isPresent()) {
      throw new DuplicateColumnException(
          ("both sides have a column '%1$s'; rename one before:"
                  + " rename(\"%1$s\", \"...\"), or drop(\"%1$s\")")
              .formatted(name));
    }
  }

  @Override
  public List<LogicalPlan> inputs() {
    return List.of(left, right);
  }

  @Override
  public LogicalPlan withInputs(List<LogicalPlan> inputs) {
    return of(inputs.get(0), inputs.get(1), keys, kind);
  }

  @Override
  public String describe() {
    return "%s join by %s".formatted(kind.name().toLowerCase(Locale.ROOT), String.join(", ", keys));
  }
}
