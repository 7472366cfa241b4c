package io.drawbar;

import io.drawbar.error.DrawbarException;
import io.drawbar.internal.model.Damage;
import io.drawbar.internal.model.JsonReader;
import io.drawbar.internal.model.ModelStore;
import io.drawbar.internal.model.StoredPart;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link Manifest} writes, in two steps: what the manifest declares, and then, when the
 * parts have been read and found sound, the content.
 */
final class ManifestReader {
  private static final int MOST_DIMENSIONS = 8;
  private static final int LONGEST_TYPE = 200;
  private static final String LIST = "LIST(";
  private static final String VECTOR = "VECTOR(";

  /** A part as declared. */
  private record DeclaredPart(
      String name, Tensor.Kind kind, List<Integer> shape, StoredPart.Declared stored) {}

  /** A model whose parts have not been read. */
  private record Declared(
      ModelContent.Builder builder, List<DeclaredPart> parts, List<Declared> stages) {}

  private final List<StoredPart.Declared> files = new ArrayList<>();

  private final long format;

  private ManifestReader(long format) {
    this.format = format;
  }

  /**
   * Reads a model.
   *
   * @throws Damage if it is not one
   * @throws UnsupportedModelException if it is of a newer format
   */
  static ModelContent read(ModelStore store) throws IOException {
    ManifestObject manifest = new ManifestObject("object", JsonReader.read(store.manifest()));
    long format = manifest.whole("format");
    if (format > Manifest.FORMAT) {
      throw new UnsupportedModelException(
          "it is of format %s, and this version of Drawbar (%s) reads up to %s; use a newer one"
              .formatted(format, Version.DRAWBAR, Manifest.FORMAT));
    }
    if (format < 0) {
      throw new Damage("there is no format " + format);
    }
    try {
      ManifestReader reader = new ManifestReader(format);
      Declared declared = reader.model(manifest.object("model"), "");
      manifest.end();
      return content(declared, store.parts(reader.files).iterator());
    } catch (IllegalArgumentException | DrawbarException e) {
      // Names and types that no schema, provenance or builder takes.
      throw new Damage("the manifest does not hold: " + e.getMessage());
    }
  }

  private Declared model(ManifestObject object, String prefix) throws Damage {
    ModelContent.Builder builder = ModelContent.of(object.text("type"));
    if (format > 0) {
      builder.revision(revision(object.whole("revision")));
    }
    for (Map.Entry<String, Object> setting : object.object("settings").rest().entrySet()) {
      builder.checked(setting.getKey(), setting(setting.getValue()));
    }
    builder.reads(columns(object.list("reads")));
    builder.adds(columns(object.list("adds")));
    for (Map.Entry<String, Object> metric : object.object("metrics").rest().entrySet()) {
      builder.metric(metric.getKey(), metric(metric.getValue()));
    }
    builder.provenance(provenance(object.object("provenance")));
    List<DeclaredPart> parts = new ArrayList<>();
    for (Object part : object.list("parts")) {
      parts.add(part(new ManifestObject("part", part), prefix));
    }
    List<Declared> stages = new ArrayList<>();
    for (Object stage : object.list("stages")) {
      stages.add(model(new ManifestObject("stage", stage), prefix + stages.size() + "."));
    }
    object.end();
    return new Declared(builder, parts, stages);
  }

  private static int revision(long revision) throws Damage {
    if (revision < 0 || revision > Integer.MAX_VALUE) {
      throw new Damage("there is no revision " + revision);
    }
    return (int) revision;
  }

  private static Object setting(Object value) throws Damage {
    boolean texts =
        value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    if (!texts && !(value instanceof String || value instanceof Long || value instanceof Boolean)) {
      throw new Damage("a setting is a text, a whole number, a truth value or a list of texts");
    }
    return value;
  }

  private static Schema columns(List<?> list) throws Damage {
    Schema schema = Schema.empty();
    for (Object item : list) {
      ManifestObject column = new ManifestObject("column", item);
      schema = schema.with(column.text("name"), type(column.text("type")));
      column.end();
    }
    return schema;
  }

  /** The type that prints so. */
  private static DataType type(String text) throws Damage {
    if (text.length() > LONGEST_TYPE) {
      throw new Damage("no column has a type of %s characters".formatted(text.length()));
    }
    if (text.startsWith(LIST) && text.endsWith(")")) {
      return DataType.listOf(type(text.substring(LIST.length(), text.length() - 1)));
    }
    if (text.matches("VECTOR\\([1-9][0-9]{0,8}\\)")) {
      String size = text.substring(VECTOR.length(), text.length() - 1);
      return DataType.vector(Integer.parseInt(size));
    }
    return switch (text) {
      case "BOOLEAN" -> DataType.BOOLEAN;
      case "LONG" -> DataType.LONG;
      case "DOUBLE" -> DataType.DOUBLE;
      case "STRING" -> DataType.STRING;
      default -> throw new Damage("no column is a '" + text + "'");
    };
  }

  private static double metric(Object value) throws Damage {
    if (value instanceof Double number) {
      return number;
    }
    if (value instanceof String text) {
      switch (text) {
        case "NaN":
          return Double.NaN;
        case "Infinity":
          return Double.POSITIVE_INFINITY;
        case "-Infinity":
          return Double.NEGATIVE_INFINITY;
        default:
          break;
      }
    }
    throw new Damage("a metric is a number, not '" + value + "'");
  }

  private static Provenance provenance(ManifestObject object) throws Damage {
    String trainer = object.text("trainer");
    ManifestObject parameters = object.object("parameters");
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, Object> parameter : parameters.rest().entrySet()) {
      if (!(parameter.getValue() instanceof String text)) {
        throw new Damage("parameter '" + parameter.getKey() + "' is no text");
      }
      texts.put(parameter.getKey(), text);
    }
    Provenance provenance =
        new Provenance(
            trainer,
            texts,
            object.texts("inputs"),
            object.whole("rows"),
            object.text("data"),
            object.text("version"));
    object.end();
    return provenance;
  }

  private DeclaredPart part(ManifestObject object, String prefix) throws Damage {
    String name = object.text("name");
    ModelContent.Builder.checkName(name);
    Tensor.Kind kind =
        switch (object.text("type")) {
          case "f64" -> Tensor.Kind.F64;
          case "i64" -> Tensor.Kind.I64;
          case "utf8" -> Tensor.Kind.UTF8;
          default -> throw new Damage("part '%s' is of no known type".formatted(name));
        };
    List<Integer> shape = new ArrayList<>();
    for (Object extent : object.list("shape")) {
      if (!(extent instanceof Long whole) || whole < 0 || whole > Integer.MAX_VALUE) {
        throw new Damage("part '%s' has an extent of %s".formatted(name, extent));
      }
      shape.add(whole.intValue());
    }
    long length = object.whole("length");
    boolean numbers = kind != Tensor.Kind.UTF8;
    if (shape.size() > MOST_DIMENSIONS || numbers && Tensor.items(shape) * 8 != length) {
      throw new Damage("part '%s' of shape %s cannot have %s bytes".formatted(name, shape, length));
    }
    String file = Manifest.file(prefix, name, kind);
    StoredPart.Declared stored = new StoredPart.Declared(file, length, object.text("sha256"));
    object.end();
    files.add(stored);
    return new DeclaredPart(name, kind, List.copyOf(shape), stored);
  }

  private static ModelContent content(Declared declared, Iterator<byte[]> bytes) throws Damage {
    for (DeclaredPart part : declared.parts()) {
      Tensor tensor = new Tensor(part.kind(), part.shape(), bytes.next());
      String defect = tensor.defect();
      if (defect != null) {
        throw new Damage("%s: %s".formatted(part.stored().file(), defect));
      }
      declared.builder().part(part.name(), tensor);
    }
    List<ModelContent> stages = new ArrayList<>();
    for (Declared stage : declared.stages()) {
      stages.add(content(stage, bytes));
    }
    return declared.builder().stages(stages).build();
  }
}
