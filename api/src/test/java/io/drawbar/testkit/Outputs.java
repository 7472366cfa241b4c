package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.testkit.Behaviours.behaviour;

import io.drawbar.Dataset;
import io.drawbar.io.Csv;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What pipelines leave at a place where something is. */
final class Outputs {
  private static final Schema MINUTES =
      Schema.empty().with("machine", DataType.STRING).with("minute", DataType.LONG);

  private Outputs() {}

  /** All of them. */
  static List<Behaviour> all() {
    return List.of(
        behaviour("write over what is read, and add to it", Outputs::writtenAgain),
        behaviour("write folders by values, and read them", Outputs::partitioned));
  }

  private static Canonical partitioned(Setting setting) {
    String target = setting.target().toString();
    Dataset rows = setting.csvFolder("many").withColumn("day", col("minute").mod(30));
    rows.write(Csv.to(target).header().partitionedBy("machine", "alarm", "day"));
    Dataset back =
        setting
            .session()
            .read(
                Csv.of(rows.schema()).header().at(target).partitionedBy("machine", "alarm", "day"));
    Canonical all = Canonical.of(back.collect());
    try (Stream<Path> files = Files.walk(setting.target())) {
      for (Path folder : files.filter(Files::isDirectory).sorted().toList()) {
        all = all.and(Canonical.ofFolder(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Canonical writtenAgain(Setting setting) {
    try {
      Files.createDirectory(setting.target());
      Files.writeString(setting.target().resolve("part-7.csv"), "mill,3\nlathe,4\npress,-7\n");
      Files.createFile(setting.target().resolve("_SUCCESS"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String target = setting.target().toString();
    Dataset there = setting.session().read(Csv.of(MINUTES).at(target));
    there.union(there.where(col("minute").gt(0))).write(Csv.to(target).overwrite());
    setting.csvFolder("many").select("machine", "minute").write(Csv.to(target).append());
    return Canonical.ofFolder(setting.scratch()).and(Canonical.ofFolder(setting.target()));
  }
}
