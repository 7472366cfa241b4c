package io.drawbar.engine.mapreduce;

import io.drawbar.column.Batch;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.NativeRows;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.serializer.Deserializer;
import org.apache.hadoop.io.serializer.SerializationFactory;
import org.apache.hadoop.io.serializer.Serializer;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.hadoop.util.ReflectionUtils;

/** The records of an input format, as rows. */
final class InputFormatSource<K, V> implements Source {
  private static final long serialVersionUID = 1;

  private final Class<? extends InputFormat> format;
  private final Schema schema;
  private final RowMapping<K, V> mapping;

  /** Not Serializable: travels in Hadoop's own form. */
  private transient Configuration configuration;

  InputFormatSource(
      Configuration configuration,
      Class<? extends InputFormat> format,
      Schema schema,
      RowMapping<K, V> mapping) {
    this.configuration = new Configuration(configuration);
    this.format = format;
    this.schema = schema;
    this.mapping = mapping;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    configuration.write(out);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    boolean loadDefaults = false; // they are among what was written
    configuration = new Configuration(loadDefaults);
    configuration.readFields(in);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public String describe() {
    return "Hadoop's " + format.getSimpleName();
  }

  @Override
  public boolean isOrdered() {
    return false;
  }

  /**
   * One of the format's splits.
   *
   * @param number its number among them
   * @param type its class
   * @param packed itself, in the form of Hadoop's that the configuration has for its class
   */
  private record Piece(int number, Class<?> type, byte[] packed, long bytes, List<String> locations)
      implements Split {
    @Override
    public long firstUnit() {
      return Unit.leaf(number, 0);
    }
  }

  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    try {
      List<Split> pieces = new ArrayList<>();
      List<InputSplit> splits = format().getSplits(Job.getInstance(configuration));
      for (InputSplit split : splits) {
        pieces.add(piece(pieces.size(), split));
      }
      return pieces;
    } catch (IOException | RuntimeException e) {
      throw new EngineException(
          "%s could not be cut into splits: %s. Look at what its Configuration says of the input."
              .formatted(describe(), reason(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while cutting " + describe() + " into splits", e);
    }
  }

  private Piece piece(int number, InputSplit split) throws IOException, InterruptedException {
    String[] hosts = split.getLocations();
    return new Piece(
        number,
        split.getClass(),
        packed(split),
        Math.max(0, split.getLength()),
        hosts == null ? List.of() : Stream.of(hosts).filter(Objects::nonNull).toList());
  }

  /** What a format says is wrong; of other exceptions than that, the name, too. */
  private static String reason(Exception e) {
    return e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  @SuppressWarnings("unchecked") // What the mapping takes is for the program to know.
  private InputFormat<K, V> format() {
    return (InputFormat<K, V>) ReflectionUtils.newInstance(format, configuration);
  }

  @SuppressWarnings("unchecked")
  private byte[] packed(InputSplit split) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Serializer<InputSplit> serializer =
        new SerializationFactory(configuration).getSerializer((Class<InputSplit>) split.getClass());
    if (serializer == null) {
      throw new IOException(
          split.getClass().getName() + " is neither Writable nor in io.serializations");
    }
    serializer.open(bytes);
    serializer.serialize(split);
    serializer.close();
    return bytes.toByteArray();
  }

  @SuppressWarnings("unchecked")
  private InputSplit unpacked(Piece piece) throws IOException {
    Deserializer<InputSplit> deserializer =
        new SerializationFactory(configuration).getDeserializer((Class<InputSplit>) piece.type());
    deserializer.open(new ByteArrayInputStream(piece.packed()));
    InputSplit split = deserializer.deserialize(null);
    deserializer.close();
    return split;
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
    Piece piece = (Piece) split;
    TaskAttemptContext context = new TaskAttemptContextImpl(configuration, new TaskAttemptID());
    InputSplit unpacked = unpacked(piece);
    try {
      RecordReader<K, V> records = format().createRecordReader(unpacked, context);
      try {
        records.initialize(unpacked, context);
        return new Reader(piece, records, layout.blockRows(), columns);
      } catch (IOException | InterruptedException | RuntimeException | Error e) {
        records.close();
        throw e;
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private String place(Piece piece, long row) {
    return "row %s of split %s of %s".formatted(row, piece.number(), describe());
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("the task was interrupted");
  }

  /** A split is one leaf. */
  private final class Reader implements LeafReader {
    private final Piece piece;
    private final RecordReader<K, V> records;
    private final int blockRows;
    private final List<String> columns;
    private final NativeRows rows;
    private boolean begun;
    private boolean more;

    Reader(Piece piece, RecordReader<K, V> records, int blockRows, List<String> columns)
        throws IOException, InterruptedException {
      this.piece = piece;
      this.records = records;
      this.blockRows = blockRows;
      this.columns = columns;
      rows = new NativeRows(schema, row -> place(piece, row));
      more = records.nextKeyValue();
    }

    @Override
    public boolean nextLeaf() {
      boolean first = more && !begun;
      begun = true;
      return first;
    }

    @Override
    public long unit() {
      return piece.firstUnit();
    }

    /** Blocks end where they are full: nobody relies on where those of unordered rows do. */
    @Override
    public Batch nextBlock() throws IOException {
      try {
        while (more && rows.rows() < blockRows && !rows.isFull()) {
          rows.append(mapping.row(records.getCurrentKey(), records.getCurrentValue()));
          more = records.nextKeyValue();
        }
      } catch (InterruptedException e) {
        throw interrupted();
      }
      return rows.rows() == 0 ? null : rows.build().project(columns);
    }

    @Override
    public long bytesRead() {
      return more ? 0 : piece.bytes();
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}
