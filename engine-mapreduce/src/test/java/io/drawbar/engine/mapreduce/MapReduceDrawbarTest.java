package io.drawbar.engine.mapreduce;

import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Source;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.LineRecordReader;
import org.apache.hadoop.mapreduce.lib.input.SequenceFileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drawbar in a program that has its own Hadoop. */
@Timeout(60)
class MapReduceDrawbarTest {
  private static final Schema VISITS =
      Schema.empty().with("page", DataType.STRING).with("visits", DataType.LONG);

  private static final Schema LINES = Schema.empty().with("line", DataType.STRING);

  @TempDir Path folder;

  private Session attached() {
    return MapReduceDrawbar.session(
        new Configuration(),
        Config.of(
            "drawbar.parallelism", "2", "drawbar.mapreduce.scratch.folder", folder.toString()));
  }

  private static Session local() {
    return Session.open(Config.of("drawbar.engine", "local"));
  }

  private Configuration input(String... names) throws IOException {
    Job job = Job.getInstance();
    for (String name : names) {
      FileInputFormat.addInputPath(
          job, new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()));
    }
    return job.getConfiguration();
  }

  private Source lines(Configuration configuration) {
    return MapReduceDrawbar.inputFormat(
        configuration,
        TextInputFormat.class,
        LINES,
        (LongWritable offset, Text line) -> Row.of(LINES, line.toString()));
  }

  private void write(String name, int from, int to) throws IOException {
    String text =
        IntStream.range(from, to).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    Files.writeString(folder.resolve(name), text);
  }

  /** Splits of the format's own, of 50 KB and from three files; blocks of 4,096 rows in each. */
  @Test
  void readsAnInputFormatOnEveryEngine() throws IOException {
    write("a.txt", 0, 50_000);
    write("b.txt", 50_000, 50_003);
    Files.createFile(folder.resolve("c.txt"));
    Configuration configuration = input("a.txt", "b.txt", "c.txt");
    configuration.setLong(FileInputFormat.SPLIT_MAXSIZE, 200_000);
    Source source = lines(configuration);
    assertThat(source.isOrdered()).isFalse();
    try (Session hadoop = attached();
        Session local = local()) {
      List<Row> rows = hadoop.read(source).collect();
      assertThat(rows).hasSize(50_003).doesNotHaveDuplicates();
      assertThat(rows).contains(Row.of(LINES, "line 0"), Row.of(LINES, "line 50002"));
      assertThat(local.read(source).collect()).as("on engine 'local'").isEqualTo(rows);
      // Cut otherwise, the rows are the same, in the same order.
      configuration.setLong(FileInputFormat.SPLIT_MAXSIZE, 1 << 30);
      assertThat(local.read(lines(configuration)).collect()).isEqualTo(rows);
    }
  }

  @Test
  void readsSequenceFiles() throws IOException {
    Configuration configuration = input("visits.seq");
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.resolve("visits.seq").toUri());
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            configuration,
            SequenceFile.Writer.file(file),
            SequenceFile.Writer.keyClass(Text.class),
            SequenceFile.Writer.valueClass(LongWritable.class))) {
      for (int i = 0; i < 10_000; i++) {
        writer.append(new Text("page " + i % 3), new LongWritable(i));
      }
    }
    Source source =
        MapReduceDrawbar.inputFormat(
            configuration,
            SequenceFileInputFormat.class,
            VISITS,
            (Text page, LongWritable visits) -> Row.of(VISITS, page.toString(), visits.get()));
    try (Session session = attached()) {
      Dataset perPage =
          session.read(source).groupBy("page").agg(sum("visits").as("visits"), count().as("n"));
      List<Row> pages = perPage.sortBy("page").collect();
      for (int page = 0; page < 3; page++) {
        int remainder = page;
        long[] visits =
            IntStream.range(0, 10_000).filter(i -> i % 3 == remainder).asLongStream().toArray();
        assertThat(pages.get(page).stringValue("page")).isEqualTo("page " + page);
        assertThat(pages.get(page).longValue("n")).isEqualTo(visits.length);
        assertThat(pages.get(page).longValue("visits"))
            .isEqualTo(java.util.stream.LongStream.of(visits).sum());
      }
    }
  }

  @Test
  void inputThatIsNotThereIsNamed() throws IOException {
    Source source = lines(input("nowhere"));
    try (Session session = local()) {
      assertThatThrownBy(() -> session.read(source).count())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("Hadoop's TextInputFormat could not be cut into splits")
          .hasMessageContaining("nowhere");
    }
  }

  @Test
  void aRowThatDoesNotFitIsABadRow() throws IOException {
    write("a.txt", 0, 5);
    Schema required = new Schema(List.of(Field.required("line", DataType.STRING)));
    Source wrongType =
        MapReduceDrawbar.inputFormat(
            input("a.txt"),
            TextInputFormat.class,
            LINES,
            (LongWritable offset, Text line) -> Row.of(LINES, offset.get() > 15 ? 7L : "fine"));
    Source missing =
        MapReduceDrawbar.inputFormat(
            input("a.txt"),
            TextInputFormat.class,
            required,
            (LongWritable offset, Text line) -> Row.of(required, (Object) null));
    try (Session session = attached()) {
      assertThatThrownBy(() -> session.read(wrongType).collect())
          .isInstanceOf(BadRowException.class)
          .hasMessage(
              "row 4 of split 0 of Hadoop's TextInputFormat, column 'line': 7 is a Long, not a"
                  + " STRING, which is a String");
      assertThatThrownBy(() -> session.read(missing).collect())
          .isInstanceOf(BadRowException.class)
          .hasMessageContaining("the value is null");
    }
  }

  private static final AtomicInteger CLOSED = new AtomicInteger();

  /** A planted fault: its readers fail half way. */
  static final class FailingFormat extends TextInputFormat {
    @Override
    public RecordReader<LongWritable, Text> createRecordReader(
        InputSplit split, TaskAttemptContext context) {
      return new LineRecordReader() {
        @Override
        public boolean nextKeyValue() throws IOException {
          if (getCurrentKey() != null && getCurrentKey().get() > 0) {
            throw new IOException("the disk is on fire");
          }
          return super.nextKeyValue();
        }

        @Override
        public synchronized void close() throws IOException {
          CLOSED.incrementAndGet();
          super.close();
        }
      };
    }
  }

  @Test
  void aReaderThatFailsFailsTheTaskAndIsClosed() throws IOException {
    write("a.txt", 0, 5);
    CLOSED.set(0);
    Source source =
        MapReduceDrawbar.inputFormat(
            input("a.txt"),
            FailingFormat.class,
            LINES,
            (LongWritable offset, Text line) -> Row.of(LINES, line.toString()));
    try (Session session = local()) {
      assertThatThrownBy(() -> session.read(source).count())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("the disk is on fire");
    }
    assertThat(CLOSED).hasValue(1);
  }

  /** What a program says in its Configuration is not overruled, except by Drawbar's own keys. */
  @Test
  void settingsOfTheConfigurationAreKept() {
    Configuration configuration = new Configuration();
    configuration.setInt("mapreduce.task.io.sort.factor", 7);
    configuration.setInt("mapreduce.task.timeout", 8);
    Config config = Config.of("drawbar.parallelism", "2");
    Configuration kept = Hadoop.of(configuration, config).forRun();
    assertThat(kept.get("mapreduce.task.io.sort.factor")).isEqualTo("7");
    assertThat(kept.get("mapreduce.task.timeout")).isEqualTo("8");
    assertThat(kept.get("mapreduce.local.map.tasks.maximum")).isEqualTo("2");
    String key = "drawbar.mapreduce.conf.mapreduce.task.timeout";
    assertThat(
            Hadoop.of(configuration, config.with(key, "9")).forRun().get("mapreduce.task.timeout"))
        .isEqualTo("9");
    assertThat(Hadoop.of(config).forRun().get("mapreduce.task.timeout")).isEqualTo("0");
    assertThat(configuration.get("mapreduce.local.map.tasks.maximum"))
        .as("the program's")
        .isNotEqualTo("2");
  }

  @Test
  void twoSessionsWorkSideBySide() throws IOException {
    write("a.txt", 0, 70);
    Source source = lines(input("a.txt"));
    Session one = attached();
    try (Session two = attached()) {
      assertThat(one.read(source).count()).isEqualTo(70);
      one.close();
      assertThatThrownBy(() -> one.read(source).count()).hasMessageContaining("closed");
      assertThat(two.read(source).count()).isEqualTo(70);
    }
  }
}
