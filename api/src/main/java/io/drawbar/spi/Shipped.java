package io.drawbar.spi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

/**
 * A program as tasks get it on any engine: a copy of what the driver has. A function that adds to a
 * list of the program's would otherwise seem to work here, and nowhere else.
 */
public final class Shipped {
  private Shipped() {}

  /**
   * A copy, by way of its bytes.
   *
   * @param what it is, for messages
   * @throws EngineException if it holds what has no bytes
   */
  public static <T> T copy(T program, String what) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(program);
      }
      try (ObjectInputStream in = new Classes(new ByteArrayInputStream(bytes.toByteArray()))) {
        @SuppressWarnings("unchecked") // what was written
        T copy = (T) in.readObject();
        return copy;
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new EngineException(
          "%s cannot be shipped to tasks: %s; make what it holds Serializable, or static"
              .formatted(what, e),
          e);
    }
  }

  /** Finds classes where the program that waits for the run does. */
  private static final class Classes extends ObjectInputStream {
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    Classes(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(described.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(described);
      }
    }
  }
}
