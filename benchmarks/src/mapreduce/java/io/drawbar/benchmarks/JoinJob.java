package io.drawbar.benchmarks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.RawComparator;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableComparable;
import org.apache.hadoop.io.WritableComparator;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Partitioner;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.lib.input.MultipleInputs;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;

/**
 * The classic reduce-side join: both tables by customer, the customer itself first by a secondary
 * sort, so that nothing is kept. Customers and orders are sorted by their bytes.
 */
final class JoinJob {
  private static final int KEY = Long.BYTES;

  private JoinJob() {}

  /** A customer and which table the value is of: 0 customers, 1 orders. */
  public static final class Side implements WritableComparable<Side> {
    private long customer;
    private byte table;

    void set(long customer, int table) {
      this.customer = customer;
      this.table = (byte) table;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeLong(customer);
      out.writeByte(table);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
      customer = in.readLong();
      table = in.readByte();
    }

    @Override
    public int compareTo(Side other) {
      int byCustomer = Long.compare(customer, other.customer);
      return byCustomer != 0 ? byCustomer : Byte.compare(table, other.table);
    }
  }

  /** Compares bytes; customers are not negative. */
  public static final class ByCustomerAndTable implements RawComparator<Side> {
    @Override
    public int compare(byte[] a, int aStart, int aLength, byte[] b, int bStart, int bLength) {
      return WritableComparator.compareBytes(a, aStart, aLength, b, bStart, bLength);
    }

    @Override
    public int compare(Side a, Side b) {
      return a.compareTo(b);
    }
  }

  /** A group is a customer. */
  public static final class ByCustomer implements RawComparator<Side> {
    @Override
    public int compare(byte[] a, int aStart, int aLength, byte[] b, int bStart, int bLength) {
      return WritableComparator.compareBytes(a, aStart, KEY, b, bStart, KEY);
    }

    @Override
    public int compare(Side a, Side b) {
      return Long.compare(a.customer, b.customer);
    }
  }

  /** Both tables of a customer go to one reducer. */
  public static final class Spread extends Partitioner<Side, Total> {
    @Override
    public int getPartition(Side key, Total value, int parts) {
      return (Long.hashCode(key.customer) & Integer.MAX_VALUE) % parts;
    }
  }

  /** Emits the field after the customer as a sum. */
  abstract static class Parse extends Mapper<LongWritable, Text, Side, Total> {
    private final Side side = new Side();
    private final Total value = new Total();

    final void emit(Context context, int table, String customer, String number)
        throws IOException, InterruptedException {
      side.set(Long.parseLong(customer), table);
      value.clear();
      value.add(1, Double.parseDouble(number));
      context.write(side, value);
    }
  }

  /** Lines {@code customer,rate}. */
  public static final class Customers extends Parse {
    @Override
    protected void map(LongWritable offset, Text line, Context context)
        throws IOException, InterruptedException {
      if (offset.get() > 0) {
        String text = line.toString();
        int comma = text.indexOf(',');
        emit(context, 0, text.substring(0, comma), text.substring(comma + 1));
      }
    }
  }

  /** Lines {@code order,customer,amount}. */
  public static final class OrderLines extends Parse {
    @Override
    protected void map(LongWritable offset, Text line, Context context)
        throws IOException, InterruptedException {
      if (offset.get() > 0) {
        String text = line.toString();
        int first = text.indexOf(',');
        int last = text.lastIndexOf(',');
        emit(context, 1, text.substring(first + 1, last), text.substring(last + 1));
      }
    }
  }

  /** Joins; emits how many pairs there were, and the sum of amount times rate. */
  public static final class Join extends Reducer<Side, Total, NullWritable, Total> {
    private final Total pairs = new Total();

    @Override
    protected void reduce(Side side, Iterable<Total> values, Context context) {
      double rate = 0;
      boolean known = false;
      for (Total value : values) {
        if (side.table == 0) {
          rate = value.sum;
          known = true;
        } else if (known) {
          pairs.add(1, value.sum * rate);
        }
      }
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
      context.write(NullWritable.get(), pairs);
    }
  }

  static double[] run(MapreduceByHand hadoop, Input input) throws Exception {
    Job job = hadoop.job("join by hand", input.file(Orders.ORDERS));
    MultipleInputs.addInputPath(
        job,
        MapreduceByHand.path(input.file(Orders.CUSTOMERS)),
        TextInputFormat.class,
        Customers.class);
    MultipleInputs.addInputPath(
        job,
        MapreduceByHand.path(input.file(Orders.ORDERS)),
        TextInputFormat.class,
        OrderLines.class);
    job.setMapOutputKeyClass(Side.class);
    job.setMapOutputValueClass(Total.class);
    job.setPartitionerClass(Spread.class);
    job.setSortComparatorClass(ByCustomerAndTable.class);
    job.setGroupingComparatorClass(ByCustomer.class);
    job.setReducerClass(Join.class);
    double[] answer = new double[2];
    hadoop.run(job, line -> Total.addTo(answer, line));
    return answer;
  }
}
