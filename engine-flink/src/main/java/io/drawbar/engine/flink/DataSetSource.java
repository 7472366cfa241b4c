package io.drawbar.engine.flink;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.BatchSplit;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.FrameStream;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.Plan;
import org.apache.flink.api.java.DataSet;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.api.java.operators.DataSink;
import org.apache.flink.api.java.operators.OperatorTranslation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.util.ExceptionUtils;

/**
 * The rows of a DataSet: files that its own job has written, each a split.
 *
 * @param <T> its elements
 */
final class DataSetSource<T> implements Source {
  private static final long serialVersionUID = 1;

  private final RowForm form;

  /** These are on the driver only. */
  private final transient DataSet<T> rows;

  private transient Scratch scratch;
  private transient List<Split> written;

  DataSetSource(DataSet<T> rows, RowForm form) {
    this.rows = rows;
    this.form = form;
  }

  /** Says where the files go. */
  void keepIn(Scratch scratch) {
    this.scratch = scratch;
  }

  @Override
  public Schema schema() {
    return form.schema();
  }

  @Override
  public String describe() {
    return "rows of a Flink DataSet";
  }

  @Override
  public boolean isOrdered() {
    return false;
  }

  /** Runs the DataSet's job, the first time. */
  @Override
  public synchronized List<Split> splits(Layout layout, int desired, int alignment) {
    if (written == null) {
      RunFolder folder = scratch.createKept();
      List<RowOutputFormat.Written> files = run(folder).getAccumulatorResult(RowOutputFormat.FILES);
      List<Split> splits = new ArrayList<>();
      for (RowOutputFormat.Written file : files) {
        splits.add(new FileSplit(folder, file.name(), file.bytes(), Unit.leaf(splits.size(), 0)));
      }
      written = List.copyOf(splits);
    }
    return written;
  }

  private JobExecutionResult run(RunFolder folder) {
    JobClient job = null;
    try {
      job = submit(folder);
      return job.getJobExecutionResult().get();
    } catch (InterruptedException e) {
      if (job != null) {
        job.cancel();
      }
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while the job of a DataSet was running", e);
    } catch (ExecutionException e) {
      throw ExceptionUtils.findThrowable(e, BadRowException.class)
          .<RuntimeException>map(bad -> new BadRowException(bad.getMessage()))
          .orElseGet(() -> failed(e));
    } catch (Exception e) {
      throw failed(e);
    }
  }

  private static EngineException failed(Exception e) {
    return new EngineException(
        "the job of a DataSet failed: %s; Flink's own stack trace is the cause"
            .formatted(JobTranslator.rootOf(e)),
        e);
  }

  /** As its environment would, but with this sink alone. */
  private JobClient submit(RunFolder folder) throws Exception {
    ExecutionEnvironment environment = rows.getExecutionEnvironment();
    DataSink<T> sink = new DataSink<>(rows, new RowOutputFormat<>(folder, form), rows.getType());
    Plan plan = new OperatorTranslation().translateToPlan(List.of(sink), "rows for Drawbar");
    plan.setExecutionConfig(environment.getConfig());
    plan.setDefaultParallelism(environment.getParallelism());
    Configuration configuration = environment.getConfiguration();
    return new DefaultExecutorServiceLoader()
        .getExecutorFactory(configuration)
        .getExecutor(configuration)
        .execute(plan, configuration, environment.getUserCodeClassLoader())
        .get();
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
    return new Reader(form.schema(), (FileSplit) split, columns);
  }

  private record FileSplit(RunFolder folder, String name, long bytes, long firstUnit)
      implements Split {}

  /** Reads a file, each frame a leaf. */
  private static final class Reader implements LeafReader {
    private final Schema schema;
    private final FrameStream.Reader frames;
    private final List<String> columns;
    private LeafReader current;
    private long next;
    private long bytesRead;

    Reader(Schema schema, FileSplit split, List<String> columns) throws IOException {
      this.schema = schema;
      this.frames = split.folder().reader(split.name());
      this.columns = columns;
      this.next = split.firstUnit();
    }

    @Override
    public boolean nextLeaf() throws IOException {
      if (!frames.next()) {
        return false;
      }
      bytesRead += frames.frame().length;
      Batch batch = BatchCodec.decode(schema, frames.frame(), 0);
      current = new BatchSplit(next++, batch).open(columns);
      return current.nextLeaf();
    }

    @Override
    public long unit() {
      return current.unit();
    }

    @Override
    public Batch nextBlock() throws IOException {
      return current.nextBlock();
    }

    @Override
    public long bytesRead() {
      return bytesRead;
    }

    @Override
    public void close() throws IOException {
      frames.close();
    }
  }
}
