package io.drawbar.engine.spark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.NoSuchElementException;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * How frames lie in the files of a shuffle: one after the other, each as receiver, length, bytes.
 */
final class FrameSerializer extends Serializer implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int BUFFER = 1 << 13;

  @Override
  public SerializerInstance newInstance() {
    return new Instance();
  }

  /**
   * Each frame stands for itself, so Spark may sort and join files without reading what is in them.
   */
  @Override
  public boolean supportsRelocationOfSerializedObjects() {
    return true;
  }

  private static final class Instance extends SerializerInstance {
    @Override
    public SerializationStream serializeStream(OutputStream out) {
      return new Writer(new DataOutputStream(new BufferedOutputStream(out, BUFFER)));
    }

    @Override
    public DeserializationStream deserializeStream(InputStream in) {
      return new Reader(new DataInputStream(new BufferedInputStream(in, BUFFER)));
    }

    @Override
    public <T> ByteBuffer serialize(T object, ClassTag<T> type) {
      throw onlyStreams();
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassTag<T> type) {
      throw onlyStreams();
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> type) {
      throw onlyStreams();
    }
  }

  private static UnsupportedOperationException onlyStreams() {
    return new UnsupportedOperationException("frames go through shuffles only");
  }

  /** Spark hands over a key and a value in turn. */
  private static final class Writer extends SerializationStream {
    private final DataOutputStream out;

    Writer(DataOutputStream out) {
      this.out = out;
    }

    @Override
    public <T> SerializationStream writeObject(T receiverOrFrame, ClassTag<T> type) {
      try {
        if (receiverOrFrame instanceof Integer receiver) {
          out.writeInt(receiver);
        } else {
          byte[] frame = (byte[]) receiverOrFrame;
          out.writeInt(frame.length);
          out.write(frame);
        }
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Unlike Spark's own, it does not take the end of a cut file inside a frame for the end. */
  private static final class Reader extends DeserializationStream
      implements java.util.Iterator<Tuple2<Object, Object>> {
    private final DataInputStream in;
    private Tuple2<Object, Object> next;
    private boolean ended;

    Reader(DataInputStream in) {
      this.in = in;
    }

    @Override
    public Iterator<Tuple2<Object, Object>> asKeyValueIterator() {
      return CollectionConverters.asScala(this);
    }

    @Override
    public boolean hasNext() {
      try {
        if (next == null && !ended) {
          next = read();
        }
        return next != null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Tuple2<Object, Object> read() throws IOException {
      int first = in.read();
      if (first < 0) {
        ended = true;
        in.close();
        return null;
      }
      int receiver = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
      byte[] frame = new byte[in.readInt()];
      in.readFully(frame);
      return new Tuple2<>(receiver, frame);
    }

    @Override
    public Tuple2<Object, Object> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Tuple2<Object, Object> frame = next;
      next = null;
      return frame;
    }

    @Override
    public <T> T readObject(ClassTag<T> type) {
      throw onlyStreams();
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
