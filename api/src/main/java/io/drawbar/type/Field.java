package io.drawbar.type;

import java.io.Serializable;
import java.util.Objects;

/**
 * A named column of a {@link Schema}.
 *
 * @param name what expressions call it; not blank
 * @param type the type of its values
 * @param presence whether a source may leave the value out
 */
public record Field(String name, DataType type, Presence presence) implements Serializable {
  /** Whether a value may be missing. */
  public enum Presence {
    /** Null is a value like any other. */
    OPTIONAL,
    /** A source that finds no value here has a bad row. */
    REQUIRED
  }

  public Field {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(presence, "presence");
    if (name.isBlank()) {
      throw new IllegalArgumentException("a column needs a name, this one is blank");
    }
  }

  /** A column that may hold nulls. */
  public static Field optional(String name, DataType type) {
    return new Field(name, type, Presence.OPTIONAL);
  }

  /** A column in which a missing value makes a bad row. */
  public static Field required(String name, DataType type) {
    return new Field(name, type, Presence.REQUIRED);
  }

  /** Whether a missing value makes a bad row. */
  public boolean isRequired() {
    return presence == Presence.REQUIRED;
  }

  @Override
  public String toString() {
    return name + " " + type;
  }
}
