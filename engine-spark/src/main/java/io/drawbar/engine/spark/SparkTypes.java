package io.drawbar.engine.spark;

import io.drawbar.spi.UnmappedTypeException;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.ListType;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** Types of columns, from Spark and back. */
final class SparkTypes {

  /** Where Spark's ML notes how long the vectors of a column are. */
  private static final String ATTRIBUTES = "ml_attr";

  private static final String ATTRIBUTE_COUNT = "num_attrs";

  private SparkTypes() {}

  /**
   * The schema of a DataFrame.
   *
   * @throws UnmappedTypeException naming the first column that has no counterpart
   */
  static Schema schema(Dataset<Row> frame) {
    List<Field> fields = new ArrayList<>();
    for (StructField field : frame.schema().fields()) {
      DataType type =
          isVector(field.dataType())
              ? DataType.vector(vectorSize(frame, field))
              : scalarOrList(field.dataType()).orElseThrow(() -> unmapped(field));
      fields.add(
          field.nullable()
              ? Field.optional(field.name(), type)
              : Field.required(field.name(), type));
    }
    return new Schema(fields);
  }

  private static Optional<DataType> scalarOrList(org.apache.spark.sql.types.DataType type) {
    if (type instanceof BooleanType) {
      return Optional.of(DataType.BOOLEAN);
    }
    if (type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType) {
      return Optional.of(DataType.LONG);
    }
    if (type instanceof DoubleType || type instanceof FloatType) {
      return Optional.of(DataType.DOUBLE);
    }
    if (type instanceof StringType) {
      return Optional.of(DataType.STRING);
    }
    return type instanceof ArrayType array
        ? scalarOrList(array.elementType()).map(DataType::listOf)
        : Optional.empty();
  }

  /** The vectors of org.apache.spark.ml and .mllib, which need not be on the class path. */
  static boolean isVector(org.apache.spark.sql.types.DataType type) {
    return type instanceof UserDefinedType<?>
        && type.getClass().getName().endsWith(".linalg.VectorUDT");
  }

  private static int vectorSize(Dataset<Row> frame, StructField field) {
    if (field.metadata().contains(ATTRIBUTES)
        && field.metadata().getMetadata(ATTRIBUTES).contains(ATTRIBUTE_COUNT)) {
      return (int) field.metadata().getMetadata(ATTRIBUTES).getLong(ATTRIBUTE_COUNT);
    }
    return firstVector(frame, field)
        .orElseThrow(
            () ->
                new UnmappedTypeException(
                    ("column '%1$s' of the DataFrame holds vectors of unknown size: neither its"
                            + " metadata nor a row says how many elements they have. Say it with"
                            + " new VectorSizeHint().setInputCol(\"%1$s\").setSize(n).")
                        .formatted(field.name())));
  }

  /** As Spark's ML does where the metadata says nothing: a job that looks for one row. */
  private static OptionalInt firstVector(Dataset<Row> frame, StructField field) {
    String quoted = "`" + field.name().replace("`", "``") + "`";
    Dataset<Row> first = frame.select(quoted).where(quoted + " IS NOT NULL").limit(1);
    InternalRow[] rows =
        DataFrameSource.classic(first).queryExecution().executedPlan().executeCollect();
    return rows.length == 0
        ? OptionalInt.empty()
        : OptionalInt.of(SparkColumn.vectorSize(rows[0].getStruct(0, SparkColumn.VECTOR_FIELDS)));
  }

  private static UnmappedTypeException unmapped(StructField field) {
    String name = field.name();
    org.apache.spark.sql.types.DataType type = field.dataType();
    String wayOut;
    if (type instanceof DecimalType) {
      wayOut = "col(\"%s\").cast(\"double\"), or \"string\" to keep all digits".formatted(name);
    } else if (type instanceof StructType) {
      wayOut = "the fields you need, col(\"%s.<field>\")".formatted(name);
    } else if (type instanceof MapType) {
      wayOut = "the entries you need, col(\"%s\").getItem(key)".formatted(name);
    } else if (type instanceof BinaryType) {
      wayOut = "base64(col(\"%s\"))".formatted(name);
    } else if (type instanceof ArrayType) {
      wayOut =
          "an array of numbers, booleans or strings: col(\"%s\").cast(\"array<string>\")"
              .formatted(name);
    } else {
      wayOut = "col(\"%s\").cast(\"string\")".formatted(name);
    }
    return UnmappedTypeException.of(
        name, "the DataFrame", type.simpleString(), "Select " + wayOut + " instead");
  }

  /** The schema of a DataFrame for rows of a schema; vectors become arrays of doubles. */
  static StructType struct(Schema schema) {
    StructType struct = new StructType();
    for (Field field : schema.fields()) {
      struct = struct.add(field.name(), sparkType(field.type()), !field.isRequired());
    }
    return struct;
  }

  private static org.apache.spark.sql.types.DataType sparkType(DataType type) {
    if (type instanceof VectorType) {
      boolean containsNull = false;
      return DataTypes.createArrayType(DataTypes.DoubleType, containsNull);
    }
    if (type instanceof ListType list) {
      return DataTypes.createArrayType(sparkType(list.item()));
    }
    if (type == DataType.BOOLEAN) {
      return DataTypes.BooleanType;
    }
    if (type == DataType.LONG) {
      return DataTypes.LongType;
    }
    return type == DataType.DOUBLE ? DataTypes.DoubleType : DataTypes.StringType;
  }
}
