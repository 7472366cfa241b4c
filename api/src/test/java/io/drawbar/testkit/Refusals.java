package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.sum;

import io.drawbar.Dataset;
import io.drawbar.error.DrawbarException;
import io.drawbar.feature.OneHotEncoder;
import io.drawbar.feature.StringIndexer;
import io.drawbar.io.Csv;
import io.drawbar.io.Json;
import io.drawbar.learn.LinearRegression;
import io.drawbar.spi.BadRowException;
import io.drawbar.testkit.Behaviour.Says;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What pipelines say when something is wrong with the data, and what they leave: nothing. */
final class Refusals {
  private Refusals() {}

  /** All of them. */
  static List<Behaviour> all() {
    Function<Setting, Dataset> bad = s -> s.csvFolder("bad");
    Function<Setting, Dataset> overflow =
        s -> s.csvFolder("large").withColumn("minute", col("minute").times(2));
    Function<Setting, Dataset> total =
        s -> s.csvFolder("large").groupBy("machine").agg(sum("minute"));
    Schema missing = Schema.empty().with("machine", DataType.STRING).with("speed", DataType.LONG);
    return List.of(
        refusal("a bad row, collected", s -> bad.apply(s).collect()),
        refusal("a bad row, in a column nobody uses", s -> bad.apply(s).select("machine").count()),
        refusal("a bad row, written", s -> write(bad.apply(s), s)),
        BadRowBehaviours.tooMany(),
        refusal("a bad row, folded", s -> bad.apply(s).reduce(new BlockFolds("load"))),
        refusal(
            "a bad row before two exchanges",
            s -> {
              Dataset groups = bad.apply(s).groupBy("machine").agg(sum("heat").as("sum"));
              write(groups.groupBy("sum").agg(), s);
            }),
        refusal("an overflow in a row, collected", s -> overflow.apply(s).collect()),
        refusal(
            "an overflow in a row, grouped",
            s -> overflow.apply(s).groupBy("minute").agg().collect()),
        refusal("an overflow in a row, written", s -> write(overflow.apply(s), s)),
        refusal("an overflow of a total, collected", s -> total.apply(s).collect()),
        refusal("an overflow of a total, written", s -> write(total.apply(s), s)),
        refusal(
            "an error in a function, collected",
            s -> s.csvFolder("large").as(Minute.class).map(Minute.class, Refusals::half).collect()),
        refusal(
            "a label that a model does not know",
            s -> {
              Dataset mills = s.readings().where(col("machine").ne("lathe"));
              write(s.readings().transform(StringIndexer.on("machine").fit(mills)), s);
            }),
        refusal(
            "an index that a model does not know",
            s -> {
              Dataset indexed = s.readings().withColumn("index", col("minute").mod(5));
              Dataset some = indexed.where(col("index").eq(1));
              indexed.transform(OneHotEncoder.on("index").fit(some)).count();
            }),
        refusal("a missing column in a header", s -> s.headed(missing).collect()),
        refusal("a bad row before a missing column in a header", Refusals::twoErrors),
        refusal("a missing file", s -> s.csv("nowhere.csv").collect()),
        refusal("a missing file, written", s -> write(s.csv("nowhere.csv"), s)),
        refusal("a target that is there", Refusals::overwrite),
        refusal("a bad line of JSON, collected", s -> s.badEvents().collect()),
        refusal("a bad line of JSON, in a column nobody uses", s -> s.badEvents().count()),
        refusal(
            "a bad line of JSON, written",
            s -> s.badEvents().write(Json.to(s.target().toString()).gzip())),
        refusal("a bad sparse vector, collected", s -> s.badSparse().collect()),
        refusal(
            "a bad sparse vector, trained on",
            s -> LinearRegression.on("features").fit(s.badSparse())),
        refusal(
            "a bad row, written into one file",
            s -> bad.apply(s).write(Csv.to(s.target() + ".csv").singleFile())),
        refusal(
            "a number that JSON does not have, written into one file",
            s -> s.keyed().write(Json.to(s.target() + ".json").singleFile())),
        refusal(
            "a single file that is there",
            s -> {
              s.events().write(Json.to(s.target() + ".json").singleFile());
              s.readings().write(Json.to(s.target() + ".json").singleFile());
            }));
  }

  /** What a function here is given and gives. */
  record Minute(Long minute) {}

  private static Minute half(Minute whole) {
    if (whole.minute() != null && Math.abs(whole.minute()) > 1L << 60) {
      throw new ArithmeticException("too large");
    }
    return new Minute(whole.minute() == null ? null : whole.minute() / 2);
  }

  private static void write(Dataset rows, Setting setting) {
    rows.write(Csv.to(setting.target().toString()));
  }

  /** The row comes first in the data, though the header may be looked at first. */
  private static void twoErrors(Setting setting) {
    Path folder = setting.scratch().resolve("two-errors");
    Schema schema = Schema.empty().with("machine", DataType.STRING).with("minute", DataType.LONG);
    try {
      Files.createDirectory(folder);
      Files.writeString(folder.resolve("a.csv"), "machine,minute\nmill,1\nmill,one\n");
      Files.writeString(folder.resolve("b.csv"), "machine,hour\nmill,1\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      setting.session().read(Csv.of(schema).header().at(folder.toString())).collect();
    } catch (BadRowException e) {
      throw e;
    } catch (DrawbarException e) {
      throw new AssertionError("the bad row comes first, but this was reported: " + e, e);
    }
  }

  private static void overwrite(Setting setting) {
    try {
      Files.createDirectory(setting.target());
      Files.writeString(setting.target().resolve("precious"), "untouched");
      write(setting.readings(), setting);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Behaviour refusal(String name, Consumer<Setting> work) {
    return new Behaviour(
        name,
        Says.PLACES,
        setting -> {
          List<Object> found = new ArrayList<>();
          try {
            work.accept(setting);
            throw new AssertionError("it was not refused: " + name);
          } catch (DrawbarException e) {
            found.add(e.getClass().getName());
            found.add(e.getMessage().replace(setting.scratch().toString(), "(folder)"));
          }
          for (Path left : Canonical.list(setting.scratch())) {
            if (Files.isDirectory(left)) {
              found.addAll(Canonical.ofFolder(left).lines());
            }
          }
          found.addAll(Canonical.ofFolder(setting.scratch()).lines());
          return Canonical.ofValues(found.toArray());
        });
  }
}
