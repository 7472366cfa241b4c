package io.drawbar.engine.mapreduce;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

/** Programs and splits as bytes: the one thing Java serialisation is for. */
final class Code {

  private Code() {}

  static byte[] pack(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  /** The object again, its classes found by the loader of the thread, which knows the job's jar. */
  static Object unpack(byte[] bytes) throws IOException {
    try (ObjectInputStream in = new ThreadLoaderInput(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException(
          "class "
              + e.getMessage()
              + " is not on the class path of the task; "
              + MapReduceKeys.JAR.name()
              + " names a jar that is shipped",
          e);
    }
  }

  private static final class ThreadLoaderInput extends ObjectInputStream {
    ThreadLoaderInput(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      try {
        return Class.forName(type.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(type);
      }
    }
  }
}
