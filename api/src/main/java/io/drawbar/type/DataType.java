package io.drawbar.type;

import java.io.Serializable;

/**
 * The type of a column. There are few on purpose: whole numbers are 64 bits wide, floating numbers
 * are IEEE doubles, strings are UTF-8 bytes. See the package page for how values of each type
 * behave.
 */
public sealed interface DataType extends Serializable permits ScalarType, VectorType, ListType {
  /** True or false. */
  DataType BOOLEAN = ScalarType.BOOLEAN;

  /** A signed whole number of 64 bits. */
  DataType LONG = ScalarType.LONG;

  /** An IEEE 754 number of 64 bits. */
  DataType DOUBLE = ScalarType.DOUBLE;

  /** Text: a valid sequence of UTF-8 bytes. */
  DataType STRING = ScalarType.STRING;

  /**
   * A vector of doubles.
   *
   * @param size the number of elements of every vector in the column, at least 1
   */
  static DataType vector(int size) {
    return new VectorType(size);
  }

  /** A list of any length whose items are of the given type. */
  static DataType listOf(DataType item) {
    return new ListType(item);
  }

  /* Not a default method: an interface with one is initialised with the first class that implements it,
   * and this one's constants initialise ScalarType: two threads could wait for each other. */

  /** Whether arithmetic is defined on values of this type. */
  boolean isNumeric();
}
