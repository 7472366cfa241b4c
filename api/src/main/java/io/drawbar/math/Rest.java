package io.drawbar.math;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The part of an exact sum that does not fit its inline doubles: a fixed-point number wide enough
 * for every double and every product of two, and the counts of infinities and NaN.
 *
 * <p>It is slow (an allocation an addition) and rare: it takes an exponent spread above 2^80, a
 * magnitude from 2^960, a product near underflow or a value that is not finite.
 */
final class Rest {

  /** The product of two smallest subnormals is one unit, 2^-2148. */
  private static final int UNIT_EXPONENT = -2148;

  /** The exponent of the last bit of a double whose biased exponent is 0, plus one. */
  private static final int BIAS = 1075;

  private static final int SIGNIFICAND_BITS = 53;
  private static final int SMALLEST_EXPONENT = -1074;
  private static final int LARGEST_EXPONENT = 1023;

  /** 2^64 products below 2^2048 in units of 2^-2148, and the sign. */
  private static final int MAXIMUM_BITS = 2148 + 2048 + 64 + 1;

  private static final int COUNT_BYTES = 3 * Long.BYTES;
  private static final int HAS_COUNTS = 1;

  /** No encoded rest is longer, and none longer is allocated. */
  static final int MAXIMUM_BYTES = 1 + COUNT_BYTES + MAXIMUM_BITS / Byte.SIZE + 1;

  private BigInteger units = BigInteger.ZERO;
  private long positiveInfinities;
  private long negativeInfinities;
  private long notNumbers;

  boolean isEmpty() {
    return units.signum() == 0 && !hasCounts();
  }

  private boolean hasCounts() {
    return (positiveInfinities | negativeInfinities | notNumbers) != 0;
  }

  void add(double value) {
    if (Double.isFinite(value)) {
      units = units.add(unitsOf(value));
    } else {
      count(value, 1);
    }
  }

  void subtract(double value) {
    if (Double.isFinite(value)) {
      units = units.subtract(unitsOf(value));
    } else {
      count(value, -1);
    }
  }

  /** Adds the exact product; one of the factors not being finite, what IEEE 754 says it is. */
  void addProduct(double a, double b) {
    if (!Double.isFinite(a) || !Double.isFinite(b)) {
      count(a * b, 1);
      return;
    }
    BigInteger product =
        BigInteger.valueOf(significand(a)).multiply(BigInteger.valueOf(significand(b)));
    units = units.add(product.shiftLeft(exponent(a) + exponent(b) - UNIT_EXPONENT));
  }

  void merge(Rest other) {
    units = units.add(other.units);
    positiveInfinities += other.positiveInfinities;
    negativeInfinities += other.negativeInfinities;
    notNumbers += other.notNumbers;
  }

  void subtract(Rest other) {
    units = units.subtract(other.units);
    positiveInfinities -= other.positiveInfinities;
    negativeInfinities -= other.negativeInfinities;
    notNumbers -= other.notNumbers;
  }

  private void count(double value, long times) {
    if (value == Double.POSITIVE_INFINITY) {
      positiveInfinities += times;
    } else if (value == Double.NEGATIVE_INFINITY) {
      negativeInfinities += times;
    } else {
      notNumbers += times;
    }
  }

  /** This and three inline doubles, rounded once. */
  double round(double high, double middle, double low) {
    if (hasCounts()) {
      return notFinite();
    }
    return roundUnits(total(high, middle, low));
  }

  /** This and three inline doubles, exactly. */
  BigDecimal exact(double high, double middle, double low) {
    if (hasCounts()) {
      throw new ArithmeticException("the sum is not finite: " + notFinite());
    }
    return decimal(total(high, middle, low));
  }

  private double notFinite() {
    // A negative count says that something was subtracted which had not been added: no number.
    if (notNumbers != 0 || positiveInfinities < 0 || negativeInfinities < 0) {
      return Double.NaN;
    }
    if (positiveInfinities > 0 && negativeInfinities > 0) {
      return Double.NaN;
    }
    return positiveInfinities > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  private BigInteger total(double high, double middle, double low) {
    return units.add(unitsOf(high)).add(unitsOf(middle)).add(unitsOf(low));
  }

  private static double roundUnits(BigInteger total) {
    if (total.signum() == 0) {
      return 0.0;
    }
    BigInteger magnitude = total.abs();
    int topExponent = magnitude.bitLength() - 1 + UNIT_EXPONENT;
    if (topExponent > LARGEST_EXPONENT) {
      return total.signum() * Double.POSITIVE_INFINITY;
    }
    int lastExponent = Math.max(topExponent - (SIGNIFICAND_BITS - 1), SMALLEST_EXPONENT);
    int dropped = lastExponent - UNIT_EXPONENT;
    long kept = magnitude.shiftRight(dropped).longValue();
    boolean half = magnitude.testBit(dropped - 1);
    boolean beyondHalf = magnitude.getLowestSetBit() < dropped - 1;
    if (half && (beyondHalf || (kept & 1) != 0)) {
      kept++;
    }
    // At most 2^53 at an exponent of doubles: the scaling is exact, or it overflows as it should.
    return total.signum() * Math.scalb((double) kept, lastExponent);
  }

  private static BigDecimal decimal(BigInteger total) {
    if (total.signum() == 0) {
      return BigDecimal.ZERO;
    }
    int zeros = total.getLowestSetBit();
    BigInteger odd = total.shiftRight(zeros);
    int exponent = zeros + UNIT_EXPONENT;
    if (exponent >= 0) {
      return new BigDecimal(odd.shiftLeft(exponent));
    }
    // odd / 2^k = odd * 5^k / 10^k
    return new BigDecimal(odd.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
  }

  private static BigInteger unitsOf(double value) {
    long significand = significand(value);
    if (significand == 0) {
      return BigInteger.ZERO;
    }
    return BigInteger.valueOf(significand).shiftLeft(exponent(value) - UNIT_EXPONENT);
  }

  private static long significand(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & ((1L << 52) - 1);
    boolean normal = (bits >>> 52 & 0x7ff) != 0;
    long magnitude = normal ? fraction | 1L << 52 : fraction;
    return bits < 0 ? -magnitude : magnitude;
  }

  /** The exponent of the last bit of {@link #significand}. */
  private static int exponent(double value) {
    int biased = (int) (Double.doubleToRawLongBits(value) >>> 52) & 0x7ff;
    return Math.max(biased, 1) - BIAS;
  }

  /** One form per value: flags, the counts unless all are zero, the units unless zero. */
  byte[] toBytes() {
    byte[] number = units.signum() == 0 ? new byte[0] : units.toByteArray();
    int counts = hasCounts() ? COUNT_BYTES : 0;
    ByteBuffer buffer = ByteBuffer.allocate(1 + counts + number.length);
    if (counts == 0) {
      buffer.put((byte) 0);
    } else {
      buffer.put((byte) HAS_COUNTS);
      buffer.putLong(positiveInfinities).putLong(negativeInfinities).putLong(notNumbers);
    }
    return buffer.put(number).array();
  }

  /** Reads what {@link #toBytes} gives; IOException for anything it cannot give. */
  static Rest fromBytes(byte[] bytes) throws IOException {
    if (bytes.length < 2 || bytes.length > MAXIMUM_BYTES) {
      throw new IOException("rest of an exact sum: impossible length " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte flags = buffer.get();
    Rest rest = new Rest();
    if (flags == HAS_COUNTS) {
      if (buffer.remaining() < COUNT_BYTES) {
        throw new IOException("rest of an exact sum: truncated at " + bytes.length + " bytes");
      }
      rest.positiveInfinities = buffer.getLong();
      rest.negativeInfinities = buffer.getLong();
      rest.notNumbers = buffer.getLong();
      if (!rest.hasCounts()) {
        throw new IOException("rest of an exact sum: counts announced, all of them zero");
      }
    } else if (flags != 0) {
      throw new IOException("rest of an exact sum: unknown flags " + flags);
    }
    int length = buffer.remaining();
    if (length > 0) {
      rest.units = new BigInteger(bytes, buffer.position(), length);
      boolean shortest = rest.units.bitLength() / Byte.SIZE + 1 == length;
      if (rest.units.signum() == 0 || !shortest || rest.units.bitLength() >= MAXIMUM_BITS) {
        throw new IOException("rest of an exact sum: not a number in its shortest form");
      }
    }
    return rest;
  }

  /** Writes a length and {@link #toBytes}. */
  void encode(DataOutput out) throws IOException {
    byte[] bytes = toBytes();
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  /** Reads what {@link #encode} wrote; the length is checked before anything is allocated. */
  static Rest decode(DataInput in) throws IOException {
    int length = in.readUnsignedShort();
    if (length > MAXIMUM_BYTES) {
      throw new IOException("rest of an exact sum: impossible length " + length);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return fromBytes(bytes);
  }
}
