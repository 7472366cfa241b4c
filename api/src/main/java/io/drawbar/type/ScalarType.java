package io.drawbar.type;

/** The types whose values are a single thing; named through the constants of {@link DataType}. */
public enum ScalarType implements DataType {
  BOOLEAN,
  LONG,
  DOUBLE,
  STRING;

  @Override
  public boolean isNumeric() {
    return this == LONG || this == DOUBLE;
  }
}
