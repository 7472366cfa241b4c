package io.drawbar.engine.mapreduce;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.RowCheck;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
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
        pieces.add(
            new Piece(
                pieces.size(),
                split.getClass(),
                packed(split),
                Math.max(0, split.getLength()),
                split.getLocations() == null ? List.of() : List.of(split.getLocations())));
      }
      return pieces;
    } catch (IOException e) {
      throw new EngineException(
          "%s could not be cut into splits: %s. Look at what its Configuration says of the input."
              .formatted(describe(), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while cutting " + describe() + " into splits", e);
    }
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

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("the task was interrupted");
  }

  /** A split is one leaf. */
  private final class Reader implements LeafReader {
    private final Piece piece;
    private final RecordReader<K, V> records;
    private final int blockRows;
    private final Schema wanted;
    private final int[] columnOf;
    private final BatchBuilder rows = new BatchBuilder(schema);
    private final String place;
    private long read;
    private boolean more;

    Reader(Piece piece, RecordReader<K, V> records, int blockRows, List<String> columns)
        throws IOException, InterruptedException {
      this.piece = piece;
      this.records = records;
      this.blockRows = blockRows;
      place = "split %s of %s".formatted(piece.number(), describe());
      wanted = new Schema(columns.stream().map(schema::field).toList());
      columnOf = columns.stream().mapToInt(schema::indexOf).toArray();
      more = records.nextKeyValue();
    }

    @Override
    public boolean nextLeaf() {
      return more && read == 0;
    }

    @Override
    public long unit() {
      return piece.firstUnit();
    }

    @Override
    public Batch nextBlock() throws IOException {
      try {
        while (more && rows.rows() < blockRows) {
          Row row = mapping.row(records.getCurrentKey(), records.getCurrentValue());
          RowCheck.check(schema, row, place, ++read);
          rows.append(row);
          more = records.nextKeyValue();
        }
      } catch (InterruptedException e) {
        throw interrupted();
      }
      if (rows.rows() == 0) {
        return null;
      }
      Batch all = rows.build();
      ColumnVector[] columns = new ColumnVector[columnOf.length];
      for (int c = 0; c < columns.length; c++) {
        columns[c] = all.column(columnOf[c]);
      }
      return all.withColumns(wanted, columns);
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
