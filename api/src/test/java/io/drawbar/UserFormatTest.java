package io.drawbar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.expr.Functions;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model type of a user's own: found when its format is listed, named when it is not. */
class UserFormatTest {
  /** Adds a constant. */
  public record Shift(String column, double by) implements Model {
    private static final long serialVersionUID = 1;

    @Override
    public Dataset transform(Dataset input) {
      return input.withColumn("shifted", Functions.col(column).plus(by));
    }

    @Override
    public ModelContent content() {
      return ModelContent.of("com.example.shift")
          .setting("column", column)
          .number("by", by)
          .build();
    }
  }

  /** Reads it. */
  public static final class ShiftFormat implements ModelFormat {
    @Override
    public Map<String, Function<ModelContent, Saveable>> readers() {
      return Map.of("com.example.shift", c -> new Shift(c.text("column"), c.number("by")));
    }
  }

  /** Reads what is read already. */
  public static final class SecondFormat implements ModelFormat {
    @Override
    public Map<String, Function<ModelContent, Saveable>> readers() {
      return Map.of("linear-regression", c -> new Shift("x", 0));
    }
  }

  record In(double x) {}

  record Out(double shifted) {}

  @TempDir private Path scratch;

  private Model load(Path model, Class<?>... formats) throws IOException {
    Path services = Files.createDirectories(scratch.resolve("classes/META-INF/services"));
    List<String> names = Arrays.stream(formats).map(Class::getName).toList();
    Files.write(services.resolve("io.drawbar.ModelFormat"), names);
    URL[] classes = {scratch.resolve("classes").toUri().toURL()};
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(classes, before)) {
      thread.setContextClassLoader(loader);
      return Model.load(model);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aFormatThatIsListedIsFound() throws IOException {
    Path path = scratch.resolve("shift.zip");
    Shift shift = new Shift("x", .5);
    shift.save(path);
    assertThatThrownBy(() -> Model.load(path))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("type 'com.example.shift'")
        .hasMessageContaining("gaussian-mixture, hashing-term-frequency, imputer,");
    Model loaded = load(path, ShiftFormat.class);
    assertThat(loaded).isEqualTo(shift);
    assertThat(loaded.scorer(In.class, Out.class).score(new In(2))).isEqualTo(new Out(2.5));
  }

  @Test
  void aStageOfAnotherTypeIsAStage() throws IOException {
    Path path = scratch.resolve("pipeline");
    PipelineModel model =
        new PipelineModel(
            List.of(new Shift("x", 1), new Shift("shifted", 2)),
            Schema.empty(),
            Schema.empty(),
            Provenance.none());
    model.save(path);
    assertThat(load(path, ShiftFormat.class)).isEqualTo(model);
    assertThatThrownBy(() -> Model.load(path)).isInstanceOf(UnsupportedModelException.class);
  }

  @Test
  void twoReadersOfATypeAreRefused() throws IOException {
    Path path = scratch.resolve("shift.zip");
    new Shift("x", .5).save(path);
    assertThatThrownBy(() -> load(path, SecondFormat.class))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("'linear-regression' have two readers");
  }
}
