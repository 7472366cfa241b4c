package io.drawbar.engine.spark;

import io.drawbar.spi.FrameStream;
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

/** How frames lie in the files of a shuffle: as a {@link FrameStream}. */
final class FrameSerializer extends Serializer implements Serializable {
  private static final long serialVersionUID = 1;

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
      return new Writer(new FrameStream.Writer(out));
    }

    @Override
    public DeserializationStream deserializeStream(InputStream in) {
      return new Reader(new FrameStream.Reader(in, "a file of a shuffle"));
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
    private final FrameStream.Writer out;
    private int receiver;

    Writer(FrameStream.Writer out) {
      this.out = out;
    }

    @Override
    public <T> SerializationStream writeObject(T receiverOrFrame, ClassTag<T> type) {
      try {
        if (receiverOrFrame instanceof Integer number) {
          receiver = number;
        } else {
          out.emit(receiver, (byte[]) receiverOrFrame);
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
    private final FrameStream.Reader in;
    private Tuple2<Object, Object> next;
    private boolean ended;

    Reader(FrameStream.Reader in) {
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
      if (!in.next()) {
        ended = true;
        in.close();
        return null;
      }
      return new Tuple2<>(in.receiver(), in.frame());
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
