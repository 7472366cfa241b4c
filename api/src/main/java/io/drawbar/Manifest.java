package io.drawbar;

import io.drawbar.internal.model.JsonWriter;
import io.drawbar.internal.model.StoredPart;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Content as it is saved: the manifest, and its parts as files. The parts of stage 2 of a pipeline
 * are named {@code 2.coefficients.f64}; of stage 1 of a pipeline that is its stage 2, {@code
 * 2.1.coefficients.f64}.
 */
record Manifest(byte[] bytes, List<StoredPart> parts) {
  /**
   * The version of the format that is written, and the highest that is read. Format 1 has the
   * revision of each content beside its type; all content of format 0 is of revision 0.
   */
  static final long FORMAT = 1;

  static Manifest of(ModelContent content) {
    List<StoredPart> parts = new ArrayList<>();
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", FORMAT);
    manifest.put("model", model(content, "", parts));
    return new Manifest(JsonWriter.write(manifest), parts);
  }

  static String fingerprint(ModelContent content) {
    return StoredPart.sha256(of(content).bytes());
  }

  /** The file that a part is in. */
  static String file(String prefix, String name, Tensor.Kind kind) {
    return prefix + name + "." + kind.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> model(
      ModelContent content, String prefix, List<StoredPart> files) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", content.type());
    model.put("revision", (long) content.revision());
    model.put("settings", content.settings());
    model.put("reads", columns(content.reads()));
    model.put("adds", columns(content.adds()));
    Map<String, Object> metrics = new LinkedHashMap<>();
    content.metrics().forEach((name, value) -> metrics.put(name, metric(value)));
    model.put("metrics", metrics);
    model.put("provenance", provenance(content.provenance()));
    List<Object> parts = new ArrayList<>();
    content.parts().forEach((name, part) -> parts.add(part(name, part, prefix, files)));
    model.put("parts", parts);
    List<Object> stages = new ArrayList<>();
    for (ModelContent stage : content.stages()) {
      stages.add(model(stage, prefix + stages.size() + ".", files));
    }
    model.put("stages", stages);
    return model;
  }

  private static List<Object> columns(Schema schema) {
    List<Object> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      Map<String, Object> column = new LinkedHashMap<>();
      column.put("name", field.name());
      column.put("type", field.type().toString());
      columns.add(column);
    }
    return columns;
  }

  /** JSON has no NaN and no infinities: they are texts. */
  private static Object metric(double value) {
    return Double.isFinite(value) ? (Object) value : (Object) String.valueOf((Object) value);
  }

  private static Map<String, Object> provenance(Provenance provenance) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("trainer", provenance.trainer());
    object.put("parameters", provenance.parameters());
    object.put("inputs", provenance.inputs());
    object.put("rows", provenance.rows());
    object.put("data", provenance.data());
    object.put("version", provenance.version());
    return object;
  }

  private static Map<String, Object> part(
      String name, Tensor tensor, String prefix, List<StoredPart> files) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("name", name);
    part.put("type", tensor.kind().name().toLowerCase(Locale.ROOT));
    part.put("shape", tensor.shape());
    part.put("length", (long) tensor.bytes().length);
    part.put("sha256", StoredPart.sha256(tensor.bytes()));
    files.add(new StoredPart(file(prefix, name, tensor.kind()), tensor.bytes()));
    return part;
  }
}
