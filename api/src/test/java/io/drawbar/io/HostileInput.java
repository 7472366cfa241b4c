package io.drawbar.io;

import static io.drawbar.expr.Functions.count;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.Source;
import io.drawbar.spi.Undeclared;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A program that reads what nobody should have written, in a small heap: see the test. */
final class HostileInput {
  private static final long GIGABYTE = 1L << 30;
  private static final long TENTH = 100L << 20;

  private HostileInput() {}

  /** A file that is nowhere: some text, a letter many times, some text. */
  private static final class Generated extends Delegating {
    private static final long serialVersionUID = 1;

    private final String before;
    private final String repeated;
    private final long bytes;

    Generated(String before, String repeated, long bytes) {
      this.before = before;
      this.repeated = repeated;
      this.bytes = bytes;
    }

    @Override
    public List<Status> list(String root) {
      return List.of(new Status(root, root, bytes));
    }

    @Override
    public boolean exists(String path) {
      return path.equals("f");
    }

    @Override
    public InputStream open(String path, long offset) {
      byte[] first = before.getBytes(StandardCharsets.UTF_8);
      int skipped = (int) Math.min(offset, first.length);
      InputStream start = new ByteArrayInputStream(first, skipped, first.length - skipped);
      long done = offset - skipped;
      byte[] cycle = repeated.repeat(1 + 8192 / repeated.length()).getBytes(StandardCharsets.UTF_8);
      long rest = bytes - first.length;
      return new SequenceInputStream(start, new Cycle(cycle, repeated.length(), done, rest));
    }
  }

  /** Bytes over and over. */
  private static final class Cycle extends InputStream {
    private final byte[] cycle;
    private final int period;
    private final long end;
    private long at;

    Cycle(byte[] cycle, int period, long at, long end) {
      this.cycle = cycle;
      this.period = period;
      this.at = at;
      this.end = end;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      if (at >= end) {
        return -1;
      }
      int start = (int) (at % period);
      int count = (int) Math.min(Math.min(length, cycle.length - start), end - at);
      System.arraycopy(cycle, start, bytes, from, count);
      at += count;
      return count;
    }
  }

  private static String outcome(Session session, Source source) {
    try {
      return session.read(source).agg(count().as("n")).collect().get(0).longValue("n") + " rows";
    } catch (DrawbarException e) {
      return e.getMessage();
    }
  }

  private static void tell(String name, String outcome) {
    String line = outcome.replace('\n', ' ');
    System.out.printf(
        Locale.ROOT, "%s: %s%n", name, line.substring(0, Math.min(300, line.length())));
  }

  /** Reads all; the argument is a folder to write in. */
  public static void main(String[] arguments) throws IOException {
    Schema pair = Schema.empty().with("a", DataType.STRING).with("b", DataType.LONG);
    Schema numbers = Schema.empty().with("a", DataType.LONG).with("b", DataType.LONG);
    Config config = Config.of("drawbar.engine", "local", "drawbar.parallelism", "2");
    try (Session session = Session.open(config)) {
      Function<Source, String> read = source -> outcome(session, source);
      Generated row = new Generated("x,1\n", "y", GIGABYTE);
      tell("csv row", read.apply(Csv.of(pair).at("f").on(row)));
      tell("csv numbers", read.apply(Csv.of(numbers).nullText("x").at("f").on(row)));
      Generated open = new Generated("x,1\n\"", "y\n", TENTH);
      tell("csv quote", read.apply(Csv.of(pair).multiline().at("f").on(open)));
      Generated comment = new Generated("x,1\n#", "y", TENTH);
      tell("csv comment", read.apply(Csv.of(pair).comments('#').at("f").on(comment)));
      Generated separators = new Generated("x,1\n", ",", 60L << 20);
      tell("csv separators", read.apply(Csv.of(pair).at("f").on(separators)));
      Generated names = new Generated("a,b", ",n", 8L << 20);
      tell("csv names", read.apply(Csv.of(pair).header().at("f").on(names)));
      tell("csv header", read.apply(Csv.of(pair).header().at("f").on(row).separator(';')));
      Generated header = new Generated("", "y", TENTH);
      tell("csv long header", read.apply(Csv.of(pair).header().at("f").on(header)));
      tell("csv inferred", inferred(session, Csv.at("f").header().on(names)));
      tell("json row", read.apply(Json.of(pair).at("f").on(new Generated("{}\n{\"", "y", TENTH))));
      Generated deep = new Generated("{\"a\":", "[", 10L << 20);
      tell("json deep", read.apply(Json.of(pair).at("f").on(deep)));
      tell(
          "json deep unused",
          read.apply(Json.of(Schema.empty().with("b", DataType.LONG)).at("f").on(deep)));
      tell("json inferred", inferred(session, Json.at("f").on(deep)));
      tell(
          "libsvm row", read.apply(LibSvm.at("f").features(9).on(new Generated("1 ", " ", TENTH))));
      tell("text row", read.apply(TextFiles.at("f").on(row)));
      String bomb = bomb(Path.of(arguments[0]), "y", 1024).toString();
      tell("gzip row", read.apply(Csv.of(pair).at(bomb)));
      String empty = bomb(Path.of(arguments[0]), "\n", 512).toString();
      tell("gzip of nothing", read.apply(Csv.of(pair).at(empty)));
    }
  }

  private static String inferred(Session session, Undeclared files) {
    try {
      return session.infer(files).toString();
    } catch (DrawbarException e) {
      return e.getMessage();
    }
  }

  /** Some kilobytes that are many megabytes. */
  private static Path bomb(Path folder, String letter, int megabytes) throws IOException {
    byte[] member = Reading.gzip(letter.repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
    Path file = Files.createTempFile(folder, "bomb", ".gz");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < megabytes; i++) {
      out.writeBytes(member);
    }
    return Files.write(file, out.toByteArray(), StandardOpenOption.TRUNCATE_EXISTING);
  }
}
