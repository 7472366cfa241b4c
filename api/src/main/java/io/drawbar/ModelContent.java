package io.drawbar;

import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a saved transform is made of: a type id, settings, numbers. A transform gives it, and a
 * {@link ModelFormat} makes a transform of it.
 *
 * <pre>{@code
 * ModelContent.of("linear-regression")
 *     .reads("features", DataType.vector(3))
 *     .adds("prediction", DataType.DOUBLE)
 *     .setting("features", "features")
 *     .doubles("coefficients", 4.7, 7.2, 6.3)
 *     .build()
 * }</pre>
 *
 * <p>Settings and metrics are readable in the manifest; numbers that a prediction is made of are
 * parts, whose bits are kept. Asking for what is not there is a {@link DamagedModelException}: a
 * reader needs no checks of its own for that.
 */
public final class ModelContent {
  private final String type;
  private final int revision;
  private final Schema reads;
  private final Schema adds;
  private final Map<String, Object> settings;
  private final Map<String, Double> metrics;
  private final Provenance provenance;
  private final Map<String, Tensor> parts;
  private final List<ModelContent> stages;

  private ModelContent(Builder builder) {
    type = builder.type;
    revision = builder.revision;
    reads = builder.reads;
    adds = builder.adds;
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(builder.settings));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(builder.metrics));
    provenance = builder.provenance;
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(builder.parts));
    stages = builder.stages;
  }

  /**
   * Begins the content of a type.
   *
   * @param type its id: words of a to z and 0 to 9, joined by hyphens or dots, which begins with a
   *     letter and has 64 characters at most
   * @throws IllegalArgumentException if it is not like that
   */
  public static Builder of(String type) {
    return new Builder(type);
  }

  /** The type id. */
  public String type() {
    return type;
  }

  /**
   * Which of the contents that the type has had in the course of time this is: a reader that knows
   * later ones asks for what they added only from their revision on.
   */
  public int revision() {
    return revision;
  }

  /** The columns that the transform takes. */
  public Schema reads() {
    return reads;
  }

  /** The columns that the transform adds or replaces. */
  public Schema adds() {
    return adds;
  }

  /** Figures about the training, for people; NaN where one is not defined. */
  public Map<String, Double> metrics() {
    return metrics;
  }

  /** A figure about the training. */
  public double metric(String name) {
    return present(metrics, "metric", name);
  }

  /** Where the transform comes from. */
  public Provenance provenance() {
    return provenance;
  }

  /** The content of a pipeline's stages. */
  public List<ModelContent> stages() {
    return stages;
  }

  /** A setting that is a text. */
  public String text(String name) {
    return setting(name, String.class);
  }

  /** A setting that is a whole number. */
  public long whole(String name) {
    return setting(name, Long.class);
  }

  /** A setting that is true or false. */
  public boolean flag(String name) {
    return setting(name, Boolean.class);
  }

  /**
   * A setting that is one of the constants of an enum.
   *
   * @throws DamagedModelException if it is the name of none of them
   */
  public <E extends Enum<E>> E choice(String name, Class<E> of) {
    String found = text(name);
    for (E constant : of.getEnumConstants()) {
      if (constant.name().equals(found)) {
        return constant;
      }
    }
    throw new DamagedModelException(
        "setting '%s' of a %s is '%s', not one of %s"
            .formatted(name, type, found, Arrays.toString(of.getEnumConstants())));
  }

  /** A setting that is a list of texts. */
  public List<String> list(String name) {
    return setting(name, List.class).stream().map(String.class::cast).toList();
  }

  private <T> T setting(String name, Class<T> wanted) {
    Object value = present(settings, "setting", name);
    if (!wanted.isInstance(value)) {
      throw new DamagedModelException(
          "setting '%s' of a %s is '%s', not a %s"
              .formatted(name, type, value, wanted.getSimpleName()));
    }
    return wanted.cast(value);
  }

  /** A part that is one double. */
  public double number(String name) {
    return part(name, Tensor.Kind.F64, 0).doubles()[0];
  }

  /** A part that is a vector of doubles, as a new array. */
  public double[] doubles(String name) {
    return part(name, Tensor.Kind.F64, 1).doubles();
  }

  /** A part that is a matrix, or more, of doubles, by rows, as a new array. */
  public double[] tensor(String name) {
    return part(name, Tensor.Kind.F64, shape(name).size()).doubles();
  }

  /** A part that is a vector of longs, as a new array. */
  public long[] longs(String name) {
    return part(name, Tensor.Kind.I64, 1).longs();
  }

  /** A part that is a list of texts. */
  public List<String> texts(String name) {
    return part(name, Tensor.Kind.UTF8, 1).texts();
  }

  /** The extents of a part. */
  public List<Integer> shape(String name) {
    return present(parts, "part", name).shape();
  }

  private Tensor part(String name, Tensor.Kind kind, int dimensions) {
    Tensor part = present(parts, "part", name);
    if (part.kind() != kind || part.shape().size() != dimensions) {
      throw new DamagedModelException(
          "part '%s' of a %s is %s%s, not %s of %s dimensions"
              .formatted(name, type, part.kind(), part.shape(), kind, dimensions));
    }
    return part;
  }

  private <T> T present(Map<String, T> map, String what, String name) {
    T value = map.get(name);
    if (value == null) {
      throw new DamagedModelException(
          "a %s has the %s '%s', but here are only %s".formatted(type, what, name, map.keySet()));
    }
    return value;
  }

  Map<String, Object> settings() {
    return settings;
  }

  Map<String, Tensor> parts() {
    return parts;
  }

  /** Equal if both are saved as the same bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ModelContent content
        && Manifest.fingerprint(this).equals(Manifest.fingerprint(content));
  }

  @Override
  public int hashCode() {
    return Manifest.fingerprint(this).hashCode();
  }

  @Override
  public String toString() {
    return "ModelContent(" + type + ")";
  }

  /**
   * Collects the content of a transform; the order of the calls is the order in the manifest. Names
   * of settings, metrics and parts are words of letters and digits, at most 64 of them, that begin
   * with a small letter; another name, or one that is there already, is an {@link
   * IllegalArgumentException}.
   */
  public static final class Builder {
    private static final String TYPE = "[a-z][a-z0-9]*([.-][a-z0-9]+)*";
    private static final String NAME = "[a-z][A-Za-z0-9]*";
    private static final int LONGEST = 64;

    private final String type;
    private int revision;
    private Schema reads = Schema.empty();
    private Schema adds = Schema.empty();
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private Provenance provenance = Provenance.none();
    private final Map<String, Tensor> parts = new LinkedHashMap<>();
    private List<ModelContent> stages = List.of();

    private Builder(String type) {
      if (!type.matches(TYPE) || type.length() > LONGEST) {
        throw new IllegalArgumentException(
            "a type id is like 'linear-regression', not '" + type + "'");
      }
      this.type = type;
    }

    /**
     * The revision of the content, 0 if it is not said: one more whenever what the type saves has
     * changed. {@link ModelFormat#revision} then says so, too.
     *
     * @throws IllegalArgumentException if it is below 0
     */
    public Builder revision(int revision) {
      if (revision < 0) {
        throw new IllegalArgumentException("revisions are counted from 0, not from " + revision);
      }
      this.revision = revision;
      return this;
    }

    /** A column that the transform takes. */
    public Builder reads(String column, DataType type) {
      return reads(reads.with(column, type));
    }

    /** The columns that the transform takes. */
    public Builder reads(Schema columns) {
      reads = columns;
      return this;
    }

    /** A column that the transform adds or replaces. */
    public Builder adds(String column, DataType type) {
      return adds(adds.with(column, type));
    }

    /** The columns that the transform adds or replaces. */
    public Builder adds(Schema columns) {
      adds = columns;
      return this;
    }

    /** A setting. */
    public Builder setting(String name, String value) {
      return put(settings, name, value);
    }

    /** A setting. */
    public Builder setting(String name, long value) {
      return put(settings, name, value);
    }

    /** A setting that is true or false. */
    public Builder setting(String name, Boolean value) {
      return put(settings, name, value);
    }

    /** A setting that is a constant of an enum; its name is written. */
    public Builder setting(String name, Enum<?> value) {
      return put(settings, name, value.name());
    }

    /** A setting. */
    public Builder setting(String name, List<String> values) {
      return put(settings, name, List.copyOf(values));
    }

    /** A figure about the training. */
    public Builder metric(String name, double value) {
      return put(metrics, name, value);
    }

    /** Where the transform comes from. */
    public Builder provenance(Provenance provenance) {
      this.provenance = provenance;
      return this;
    }

    /** A part of one double. */
    public Builder number(String name, double value) {
      return put(parts, name, Tensor.of(new double[] {value}, List.of()));
    }

    /** A part that is a vector of doubles. */
    public Builder doubles(String name, double... values) {
      return put(parts, name, Tensor.of(values, List.of(values.length)));
    }

    /**
     * A part that is a matrix, or more, of doubles.
     *
     * @param values by rows
     * @param shape the extents
     * @throws IllegalArgumentException if their product is not the number of values
     */
    public Builder tensor(String name, double[] values, int... shape) {
      List<Integer> extents = IntStream.of(shape).boxed().toList();
      if (Tensor.items(extents) != values.length) {
        throw new IllegalArgumentException(values.length + " values for the shape " + extents);
      }
      return put(parts, name, Tensor.of(values, extents));
    }

    /** A part that is a vector of longs. */
    public Builder longs(String name, long... values) {
      return put(parts, name, Tensor.of(values, List.of(values.length)));
    }

    /** A part that is a list of texts. */
    public Builder texts(String name, List<String> texts) {
      return put(parts, name, Tensor.of(texts));
    }

    /** The content of a pipeline's stages. */
    public Builder stages(List<ModelContent> stages) {
      this.stages = List.copyOf(stages);
      return this;
    }

    Builder checked(String name, Object value) {
      return put(settings, name, value);
    }

    Builder part(String name, Tensor tensor) {
      return put(parts, name, tensor);
    }

    static void checkName(String name) {
      if (!name.matches(NAME) || name.length() > LONGEST) {
        throw new IllegalArgumentException(
            "a name is a word of at most %s letters like 'coefficients', not '%s'"
                .formatted(LONGEST, name));
      }
    }

    private <T> Builder put(Map<String, T> map, String name, T value) {
      checkName(name);
      if (map.put(name, value) != null) {
        throw new IllegalArgumentException("'" + name + "' is there twice");
      }
      return this;
    }

    /** The content. */
    public ModelContent build() {
      return new ModelContent(this);
    }
  }
}
