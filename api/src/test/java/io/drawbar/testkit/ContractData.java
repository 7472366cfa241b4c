package io.drawbar.testkit;

import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * The files and rows that the contract is run on, small and nasty, each file plain and compressed.
 */
final class ContractData {
  /** Columns of the files of readings. */
  static final Schema READING =
      Schema.empty()
          .with(Field.required("machine", DataType.STRING))
          .with(Field.required("minute", DataType.LONG))
          .with("heat", DataType.DOUBLE)
          .with("load", DataType.DOUBLE)
          .with("alarm", DataType.BOOLEAN);

  /** Columns of the files of notes, found by name. */
  static final Schema NOTE = Schema.empty().with("id", DataType.LONG).with("note", DataType.STRING);

  /** Columns of the rows in memory. */
  static final Schema KEYED =
      Schema.empty()
          .with("name", DataType.STRING)
          .with("whole", DataType.LONG)
          .with("real", DataType.DOUBLE)
          .with("words", DataType.listOf(DataType.STRING))
          .with("weight", DataType.DOUBLE);

  /** Columns of the files of events; where they are in the objects is said by {@code Setting}. */
  static final Schema EVENT =
      Schema.empty()
          .with(Field.required("id", DataType.LONG))
          .with("value", DataType.DOUBLE)
          .with("note", DataType.STRING)
          .with("alarm", DataType.BOOLEAN)
          .with("features", DataType.vector(3))
          .with("tags", DataType.listOf(DataType.STRING))
          .with("city", DataType.STRING);

  /** The number of features in the file of sparse vectors. */
  static final int FEATURES = 12;

  private static final String[] MACHINES = {
    "mill", "\"press, large\"", "lathe", "Ünït Ω", "\"the \"\"old\"\" one\"", "\uD83D\uDE9C tractor"
  };
  private static final String[] WORDS = {
    "The", "the", "horse", "drew", "a", "cart", "ÉTÉ", "été", "\uFF5E", "\uD83D\uDE9C", "and"
  };
  private static final Double[] REALS = {
    null,
    0.0,
    -0.0,
    Double.NaN,
    1.5,
    -1.5,
    1e300,
    -1e300,
    Double.MIN_VALUE,
    Double.POSITIVE_INFINITY,
    0.1
  };
  private static final Long[] WHOLES = {null, 0L, -1L, 1L, Long.MAX_VALUE, Long.MIN_VALUE, 7L};
  private static final int ROWS = 200;

  private final Path root;
  private final List<Row> keyed;

  private ContractData(Path root, List<Row> keyed) {
    this.root = root;
    this.keyed = keyed;
  }

  /** Makes the files in a folder. */
  static ContractData in(Path root) {
    Random random = new Random(20);
    try {
      for (Packing packing : Packing.values()) {
        Path folder =
            Files.createDirectories(root.resolve(packing.name().toLowerCase(Locale.ROOT)));
        files(folder, packing);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ContractData(root, rows(random));
  }

  private static void files(Path folder, Packing packing) throws IOException {
    Random random = new Random(10);
    write(folder.resolve("readings.csv"), packing, readings(random, ROWS, "\n"));
    write(folder.resolve("words.txt"), packing, words(random, 120));
    write(folder.resolve("empty.csv"), packing, "");
    Path many = Files.createDirectories(folder.resolve("many"));
    for (int file = 0; file < 6; file++) {
      // One file of a folder is stored in the other way, one is empty, one has no last line feed.
      Packing other = packing == Packing.PLAIN ? Packing.GZIP : Packing.PLAIN;
      String text = readings(random, file == 2 ? 0 : 3 + 6 * file, file == 4 ? "\r\n" : "\n");
      text = file == 3 ? text.stripTrailing() : text;
      Path parent = file % 2 == 0 ? many : Files.createDirectories(many.resolve("below"));
      write(parent.resolve("part-" + (9 - file) + ".csv"), file == 1 ? other : packing, text);
    }
    Path bad = Files.createDirectories(folder.resolve("bad"));
    write(bad.resolve("a.csv"), packing, readings(random, 40, "\n"));
    write(bad.resolve("b.csv"), packing, readings(random, 20, "\n") + badRow("hot"));
    write(bad.resolve("c.csv"), packing, badRow("cold") + readings(random, 20, "\n"));
    Path large = Files.createDirectories(folder.resolve("large"));
    write(large.resolve("a.csv"), packing, readings(random, 30, "\n") + largeRow());
    write(large.resolve("b.csv"), packing, largeRow() + readings(random, 30, "\n"));
    write(folder.resolve("events.jsonl"), packing, events(random, 150));
    write(folder.resolve("sparse.libsvm"), packing, sparse(random, 150));
    Path badEvents = Files.createDirectories(folder.resolve("bad-events"));
    write(badEvents.resolve("a.jsonl"), packing, events(random, 20));
    write(
        badEvents.resolve("b.jsonl"), packing, events(random, 20) + "{\"id\":1,\"value\":\"x\"}\n");
    write(badEvents.resolve("c.jsonl"), packing, "{\"id\":1.5}\n" + events(random, 20));
    write(badEvents.resolve("d.jsonl"), packing, "{\"id\":1,\"note\":\"cut o");
    Path badSparse = Files.createDirectories(folder.resolve("bad-sparse"));
    write(badSparse.resolve("a"), packing, sparse(random, 20));
    write(badSparse.resolve("b"), packing, sparse(random, 20) + "1 3:1 2:1\n");
    write(badSparse.resolve("c"), packing, "1 0:1\n");
    Path notes = Files.createDirectories(folder.resolve("notes"));
    write(notes.resolve("a.csv"), packing, notes(random, 60));
    write(notes.resolve("b.csv"), packing, notes(random, 0));
    write(notes.resolve("c.csv"), packing, notes(random, 30).stripTrailing());
    write(folder.resolve("headed.csv"), packing, "minute,machine\n1,mill\n2,lathe\n");
  }

  private static String events(Random random, int rows) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      String city = random.nextInt(4) == 0 ? "null" : "{\"city\": \"Ünït \\uD83D\\uDE9C\"}";
      text.append(random.nextInt(3) == 0 ? "{ \"address\":" + city + "," : "{");
      text.append("\"id\":").append(random.nextLong() >> random.nextInt(64));
      text.append(random.nextInt(5) == 0 ? "" : ", \"value\" : " + number(random));
      text.append(",\"unused\":[{\"deep\":[1,2,{}]},\"\\n\"]");
      text.append(random.nextInt(4) == 0 ? ",\"alarm\":null" : ",\"alarm\":" + (row % 2 == 0));
      text.append(",\"features\":[").append(random.nextGaussian()).append(',');
      text.append(random.nextInt(9)).append(", ").append(-row).append(']');
      text.append(random.nextInt(3) == 0 ? "" : ",\"tags\":[\"a\\\"b\",null]");
      text.append(",\"note\":\"").append(WORDS[random.nextInt(WORDS.length)]).append("\"}");
      text.append(random.nextInt(7) == 0 ? "\r\n\n" : "\n");
    }
    return text.toString();
  }

  /** Texts over several lines, and comments. */
  private static String notes(Random random, int rows) {
    StringBuilder text = new StringBuilder("# notes, \"by row\nnote,id\n");
    for (int row = 0; row < rows; row++) {
      text.append(random.nextInt(7) == 0 ? "# \"\n\n" : "").append('"');
      for (int line = random.nextInt(4); line > 0; line--) {
        text.append(WORDS[random.nextInt(WORDS.length)]);
        text.append(random.nextInt(4) == 0 ? ",\"\"\n" : random.nextBoolean() ? "\n#" : "\r\n");
      }
      text.append("\",").append(row).append(random.nextInt(5) == 0 ? "\r\n" : "\n");
    }
    return text.toString();
  }

  private static String sparse(Random random, int rows) {
    StringBuilder text = new StringBuilder("# label index:value ...\n");
    for (int row = 0; row < rows; row++) {
      text.append(random.nextGaussian());
      for (int feature = 1; feature <= FEATURES; feature++) {
        if (random.nextInt(4) == 0) {
          String value = random.nextInt(9) == 0 ? "-0.0" : Double.toString(random.nextGaussian());
          text.append(' ').append(feature).append(':').append(value);
        }
      }
      text.append(random.nextInt(9) == 0 ? " # noted\n\n" : "\n");
    }
    return text.toString();
  }

  private static String badRow(String heat) {
    return "mill,17," + heat + ",1.0,true\n" + "mill,18,1.0,1.0,perhaps\n";
  }

  private static String largeRow() {
    return "lathe," + (Long.MAX_VALUE - 1) + ",1.0,1.0,true\n";
  }

  private static String readings(Random random, int rows, String lineEnd) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      text.append(MACHINES[random.nextInt(MACHINES.length)]).append(',');
      text.append(random.nextInt(5_000) - 1_000).append(',');
      text.append(random.nextInt(9) == 0 ? "" : number(random)).append(',');
      text.append(random.nextInt(9) == 0 ? "" : number(random)).append(',');
      text.append(random.nextInt(5) == 0 ? "" : random.nextBoolean()).append(lineEnd);
    }
    return text.toString();
  }

  /** A double whose sums depend on the order of plain additions. */
  private static double number(Random random) {
    double scale = Math.scalb(1.0, random.nextInt(80) - 40);
    return (random.nextDouble() - 0.5) * scale;
  }

  private static String words(Random random, int lines) {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < lines; line++) {
      int length = random.nextInt(9);
      for (int word = 0; word < length; word++) {
        text.append(WORDS[random.nextInt(WORDS.length)]);
        text.append(random.nextInt(4) == 0 ? ", " : " ");
      }
      text.append(random.nextInt(10) == 0 ? "\r\n" : "\n");
    }
    return text.toString();
  }

  private static List<Row> rows(Random random) {
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      List<String> words = new ArrayList<>();
      for (int word = random.nextInt(4); word > 0; word--) {
        words.add(WORDS[random.nextInt(WORDS.length)]);
      }
      rows.add(
          Row.of(
              KEYED,
              random.nextInt(6) == 0 ? null : WORDS[random.nextInt(WORDS.length)],
              WHOLES[random.nextInt(WHOLES.length)],
              REALS[random.nextInt(REALS.length)],
              random.nextInt(7) == 0 ? null : words,
              number(random)));
    }
    return rows;
  }

  private static void write(Path file, Packing packing, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (packing == Packing.PLAIN) {
      Files.write(file, bytes);
      return;
    }
    Path packed = file.resolveSibling(file.getFileName() + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(bytes);
    }
  }

  /** The rows in memory. */
  List<Row> keyed() {
    return keyed;
  }

  /** The path of a folder, stored in a way. */
  String folder(String name, Packing packing) {
    return root.resolve(packing.name().toLowerCase(Locale.ROOT)).resolve(name).toString();
  }

  /** The path of a file, stored in a way. */
  String file(String name, Packing packing) {
    return folder(name, packing) + (packing == Packing.GZIP ? ".gz" : "");
  }
}
