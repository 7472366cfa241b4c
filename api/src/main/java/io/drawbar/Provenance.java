package io.drawbar;

import io.drawbar.iterate.DataFingerprint;
import io.drawbar.summary.Summary;
import io.drawbar.text.DecimalFormatter;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Where a model comes from: what is needed to make it again, and nothing that differs when it is.
 * Paths, times and the engine are not in it.
 *
 * @param trainer the simple name of the trainer's class; empty if the model was not trained
 * @param parameters the trainer's hyper-parameters as text, in its order; and, if a person {@link
 *     SuperstepProgress#end ended} the training early, where that was
 * @param inputs the columns it learnt from, in order
 * @param rows how many rows it learnt from
 * @param data the fingerprint of the content of those columns: see {@link DataFingerprint}; of a
 *     pipeline, those of its trainers in order, joined by {@code +}
 * @param version the version of Drawbar
 */
public record Provenance(
    String trainer,
    Map<String, String> parameters,
    List<String> inputs,
    long rows,
    String data,
    String version)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** A parameter that no trainer has: a component of a record cannot be called that. */
  private static final String ENDED_EARLY = "ended early";

  /** Copies, and keeps the order of the parameters. */
  public Provenance {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    inputs = List.copyOf(inputs);
    if (rows < 0) {
      throw new IllegalArgumentException("a model learns from rows, not from " + rows);
    }
  }

  /** That of something that was put together by hand. */
  public static Provenance none() {
    return new Provenance("", Map.of(), List.of(), 0, "", Version.DRAWBAR);
  }

  /**
   * That of a model trained with this version.
   *
   * @param trainer whose components are the hyper-parameters: texts, numbers, truth values, enums,
   *     lists and records of those
   * @param training what it was given; if its rows were taken {@link Dataset#asArrives as they
   *     arrive}, the fingerprint of the data says so
   * @param inputs the columns it learnt from
   * @param data their content
   * @throws IllegalArgumentException if a component cannot be read, as of a record that is not
   *     public
   */
  public static Provenance of(
      Record trainer, Dataset training, List<String> inputs, DataFingerprint data) {
    return new Provenance(
        trainer.getClass().getSimpleName(),
        components(trainer),
        inputs,
        data.rows(),
        data + (training.takesRowsAsTheyArrive() ? " as it arrived" : ""),
        Version.DRAWBAR);
  }

  /**
   * That of a model trained with this version, of rows that were held: if a person ended the
   * training early, there is one parameter more, {@code "ended early"}, that says after how many
   * supersteps.
   *
   * @param trainer as for {@link #of(Record, Dataset, List, DataFingerprint)}
   */
  public static Provenance of(
      Record trainer, Dataset training, List<String> inputs, HeldDataset rows) {
    Provenance whole = of(trainer, training, inputs, rows.data());
    OptionalLong after = rows.end().after();
    return after.isEmpty()
        ? whole
        : whole.endedEarly("after %s supersteps".formatted(after.getAsLong()));
  }

  /** The same of a training that was ended early. */
  private Provenance endedEarly(String when) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(ENDED_EARLY, when);
    return new Provenance(trainer, more, inputs, rows, data, version);
  }

  /** The same of a pipeline, if one of its trainings was ended early. */
  Provenance endedAs(List<Provenance> parts) {
    List<String> early =
        parts.stream()
            .filter(part -> part.parameters.containsKey(ENDED_EARLY))
            .map(part -> part.trainer + " " + part.parameters.get(ENDED_EARLY))
            .toList();
    return early.isEmpty() ? this : endedEarly(String.join(", ", early));
  }

  /**
   * That of a model which another trainer makes of the same rows, as the models of a path are.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public Provenance by(Record trainer) {
    return new Provenance(
        trainer.getClass().getSimpleName(), components(trainer), inputs, rows, data, version);
  }

  /** A line, and a line each for the inputs, the data and the parameters. */
  @Override
  public String toString() {
    if (trainer.isEmpty()) {
      return "Provenance: put together by hand, Drawbar " + version + "\n";
    }
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("inputs", String.join(", ", inputs));
    lines.put("data", data);
    lines.putAll(parameters);
    int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    lines.forEach(
        (name, value) -> {
          String gap = " ".repeat(width - name.length());
          text.append(("  " + name + gap + "  " + value).stripTrailing()).append('\n');
        });
    return String.format(
        Locale.ROOT, "Provenance: %s of %,d rows, Drawbar %s\n%s", trainer, rows, version, text);
  }

  /** The same for people. */
  public Summary summary() {
    Summary.Builder summary = Summary.of("where it comes from");
    summary.figure("trainer", trainer.isEmpty() ? "none: put together by hand" : trainer);
    if (rows > 0) {
      summary.figure("rows", rows);
    }
    summary.figure("version of Drawbar", version);
    if (!inputs.isEmpty()) {
      summary.figure("learnt from the columns", String.join(", ", inputs));
    }
    if (!data.isEmpty()) {
      summary.figure("fingerprint of their content", data);
    }
    parameters.forEach((name, value) -> summary.figure(name, value.isEmpty() ? "none" : value));
    return summary.build();
  }

  private static Map<String, String> components(Record of) {
    Map<String, String> components = new LinkedHashMap<>();
    for (RecordComponent component : of.getClass().getRecordComponents()) {
      try {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        components.put(component.getName(), text(accessor.invoke(of)));
      } catch (ReflectiveOperationException | RuntimeException e) {
        throw new IllegalArgumentException(
            "%s.%s cannot be read; make the record public"
                .formatted(of.getClass().getName(), component.getName()),
            e);
      }
    }
    return components;
  }

  private static String text(Object value) {
    if (value instanceof Double number) {
      return DecimalFormatter.toString(number);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Provenance::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Record record) {
      return components(record).entrySet().stream()
          .map(e -> e.getKey() + "=" + e.getValue())
          .collect(Collectors.joining(", ", record.getClass().getSimpleName() + "(", ")"));
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    // The text of anything else may hold an address.
    return value == null || value.getClass().isHidden() ? "" : value.getClass().getName();
  }
}
