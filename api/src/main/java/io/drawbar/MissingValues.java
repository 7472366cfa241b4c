package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;

import io.drawbar.expr.Aggregate;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the nulls of a vector column come from, for what a trainer says that meets them. A vector
 * is null where one of the columns is null that it was made of, often within a pipeline, where
 * nobody can look at it; so those are named, and a way out that can be taken.
 *
 * <pre>{@code
 * MissingValues missing = MissingValues.of(training, "features");
 * missing.found(1);   // 1 null in 'income'
 * missing.leaving();  // where(col("income").isNotNull()) before 'features' is made
 * missing.filling();  // , or fill them in: Imputer.on("income") as a first stage of the pipeline
 * }</pre>
 */
public final class MissingValues {
  private final String vector;
  private final Map<String, Long> nulls;
  private final Dataset rows;

  private MissingValues(String vector, Map<String, Long> nulls, Dataset rows) {
    this.vector = vector;
    this.nulls = nulls;
    this.rows = rows;
  }

  /**
   * Runs, and counts the nulls in the columns that a vector column was made of. If that fails, they
   * are not known: what is being explained is not to be lost for it.
   *
   * @throws io.drawbar.error.DrawbarException if the column is not there
   */
  public static MissingValues of(Dataset rows, String vector) {
    boolean isVector = rows.schema().field(vector).type() instanceof VectorType;
    List<String> columns = isVector ? ElementNames.columns(rows.plan(), vector) : List.of();
    Map<String, Long> nulls = Map.of();
    try {
      nulls = counted(rows, columns);
    } catch (RuntimeException e) {
      // Then the vector is named, and not its columns.
    }
    return new MissingValues(vector, nulls, rows);
  }

  private static Map<String, Long> counted(Dataset rows, List<String> columns) {
    Map<String, Long> nulls = new TreeMap<>();
    if (!columns.isEmpty()) {
      List<Aggregate> counts = new ArrayList<>(List.of(count().as("rows")));
      for (int i = 0; i < columns.size(); i++) {
        counts.add(count(col(columns.get(i))).as("values" + i));
      }
      Row counted = rows.agg(counts.toArray(Aggregate[]::new)).collect().get(0);
      for (int i = 0; i < columns.size(); i++) {
        long missing = counted.longValue("rows") - counted.longValue("values" + i);
        if (missing > 0) {
          nulls.put(columns.get(i), missing);
        }
      }
    }
    return nulls;
  }

  /**
   * How many nulls are in which columns: in those that the vector was made of, if that is known.
   *
   * @param vectors how many vectors are null
   */
  public String found(long vectors) {
    return (nulls.isEmpty() ? Map.of(vector, vectors) : nulls)
        .entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "%,d null in '%s'", e.getValue(), e.getKey()))
            .collect(Collectors.joining(", "));
  }

  /** The step that leaves such rows out, and where it is to be. */
  public String leaving() {
    if (nulls.isEmpty()) {
      return "where(col(\"%s\").isNotNull())".formatted(vector);
    }
    String first = nulls.keySet().iterator().next();
    String others =
        nulls.keySet().stream()
            .skip(1)
            .map(".and(col(\"%s\").isNotNull())"::formatted)
            .collect(Collectors.joining());
    return "where(col(\"%s\").isNotNull()%s) before '%s' is made".formatted(first, others, vector);
  }

  /** What else can be done, with a comma before it; empty if there is nothing. */
  public String filling() {
    List<String> numbers = columns(true);
    List<String> others = columns(false);
    if (nulls.isEmpty() || numbers.size() + others.size() < nulls.size()) {
      return "";
    }
    List<String> stages = new ArrayList<>();
    if (!numbers.isEmpty()) {
      stages.add("Imputer.on(\"%s\")".formatted(String.join("\", \"", numbers)));
    }
    if (!others.isEmpty()) {
      stages.add(
          "Imputer.on(\"%s\").with(Filling.MOST_FREQUENT)"
              .formatted(String.join("\", \"", others)));
    }
    return ", or fill them in: %s as a first stage of the pipeline"
        .formatted(String.join(" and ", stages));
  }

  private List<String> columns(boolean areNumbers) {
    return nulls.keySet().stream()
        .filter(
            name -> {
              DataType type = rows.schema().field(name).type();
              return areNumbers
                  ? type.isNumeric()
                  : type == DataType.STRING || type == DataType.BOOLEAN;
            })
        .toList();
  }
}
