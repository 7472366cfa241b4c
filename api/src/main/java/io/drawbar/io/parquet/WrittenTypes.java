package io.drawbar.io.parquet;

import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.ListType;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The types of the format that columns are written as; every column may hold nulls. */
final class WrittenTypes {
  private WrittenTypes() {}

  static MessageType of(Schema schema) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (Field field : schema.fields()) {
      message.addField(type(field.name(), field.type(), Repetition.OPTIONAL));
    }
    return message.named("rows");
  }

  private static Type type(String name, DataType type, Repetition repetition) {
    if (type instanceof VectorType) {
      return list(name, type("element", DataType.DOUBLE, Repetition.REQUIRED));
    }
    if (type instanceof ListType list) {
      return list(name, type("element", list.item(), Repetition.OPTIONAL));
    }
    if (type == DataType.STRING) {
      return Types.primitive(PrimitiveTypeName.BINARY, repetition)
          .as(LogicalTypeAnnotation.stringType())
          .named(name);
    }
    PrimitiveTypeName primitive =
        type == DataType.BOOLEAN
            ? PrimitiveTypeName.BOOLEAN
            : type == DataType.LONG ? PrimitiveTypeName.INT64 : PrimitiveTypeName.DOUBLE;
    return Types.primitive(primitive, repetition).named(name);
  }

  private static Type list(String name, Type element) {
    return Types.buildGroup(Repetition.OPTIONAL)
        .as(LogicalTypeAnnotation.listType())
        .addField(Types.repeatedGroup().addField(element).named("list"))
        .named(name);
  }
}
