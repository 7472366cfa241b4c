package io.drawbar.type;

import io.drawbar.error.NearestName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a dataset, in order.
 *
 * <pre>{@code
 * Schema words = Schema.empty().with("word", DataType.STRING).with("n", DataType.LONG);
 * Schema customers = Schema.of(Customer.class); // a record
 * }</pre>
 *
 * @param fields the columns; no two share a name
 */
public record Schema(List<Field> fields) implements Serializable {
  public Schema {
    fields = List.copyOf(fields);
    Set<String> seen = new HashSet<>();
    for (Field field : fields) {
      if (!seen.add(field.name())) {
        throw new DuplicateColumnException(
            "two columns are named '" + field.name() + "'; rename one with as(\"...\")");
      }
    }
  }

  /** A schema without columns, to add to. */
  public static Schema empty() {
    return new Schema(List.of());
  }

  /**
   * The schema of a record class: one column a component, of type {@code boolean}, {@code int},
   * {@code long}, {@code double} (required) or {@code Boolean}, {@code Integer}, {@code Long},
   * {@code Double}, {@code String}, {@code List} of {@code String}, {@code Long}, {@code Double} or
   * {@code Boolean} (optional).
   *
   * @throws RecordBindingException if a component has another type
   */
  public static Schema of(Class<? extends Record> recordClass) {
    return RecordBinding.of(recordClass).schema();
  }

  /** This schema with one more column, which may hold nulls. */
  public Schema with(String name, DataType type) {
    return with(Field.optional(name, type));
  }

  /** This schema with one more column. */
  public Schema with(Field field) {
    List<Field> more = new ArrayList<>(fields);
    more.add(field);
    return new Schema(more);
  }

  /** The number of columns. */
  public int size() {
    return fields.size();
  }

  /** The column at a position, counted from 0. */
  public Field field(int index) {
    return fields.get(index);
  }

  /** The names of the columns, in order. */
  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** The position of a column, if there is one of that name. */
  public OptionalInt find(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The position of a column.
   *
   * @throws UnknownColumnException if there is none of that name; says which there are
   */
  public int indexOf(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new UnknownColumnException(
                    "no column '%s'; the columns are: %s.%s"
                        .formatted(name, this, NearestName.suggestion(name, names()))));
  }

  /** The column of that name; fails as {@link #indexOf} does. */
  public Field field(String name) {
    return fields.get(indexOf(name));
  }

  /**
   * The column of that name, for somebody who needs it.
   *
   * @param wantedBy a trainer or transform as it is written in a program: the message begins with
   *     it
   * @throws UnknownColumnException if there is none of that name; says who wants it, and which
   *     there are
   */
  public Field field(String name, Object wantedBy) {
    try {
      return field(name);
    } catch (UnknownColumnException e) {
      e.in(wantedBy.toString());
      throw e;
    }
  }

  @Override
  public String toString() {
    return fields.stream().map(Field::toString).collect(Collectors.joining(", "));
  }
}
