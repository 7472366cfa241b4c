package io.drawbar.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringTokenizer;
import java.util.function.Supplier;

/** Programs around FastCSV and Jackson, on all cores. */
final class PlainReaders {
  private static final JsonFactory JSON = new JsonFactory();

  private PlainReaders() {}

  /** Adds up what a thread reads. */
  private abstract static class Sums implements LineChunks.Reader {
    final double[] sums;

    Sums(int numbers) {
      sums = new double[numbers];
    }

    abstract void parse(byte[] buffer, int from, int to) throws IOException;

    @Override
    public final void read(byte[] buffer, int from, int to) {
      try {
        parse(buffer, from, to);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static double[] total(NumberRows format, Input input, Supplier<Sums> readers) {
    List<Sums> threads = LineChunks.read(format.file(input), readers);
    double[] total = new double[threads.get(0).sums.length];
    for (Sums thread : threads) {
      for (int i = 0; i < total.length; i++) {
        total[i] += thread.sums[i];
      }
    }
    return total;
  }

  static double[] csv(Input input) {
    return total(NumberRows.CSV, input, CsvSums::new);
  }

  static double[] json(Input input) {
    return total(NumberRows.JSON, input, JsonSums::new);
  }

  static double[] libsvm(Input input) {
    return total(NumberRows.LIBSVM, input, LibsvmSums::new);
  }

  private static final class CsvSums extends Sums {
    CsvSums() {
      super(NumberRows.COLUMNS);
    }

    @Override
    void parse(byte[] buffer, int from, int to) throws IOException {
      int first = buffer[from] == 'x' ? lineFeed(buffer, from) + 1 : from;
      try (CsvReader<CsvRecord> reader =
          CsvReader.builder().ofCsvRecord(new ByteArrayInputStream(buffer, first, to - first))) {
        for (CsvRecord row : reader) {
          for (int c = 0; c < sums.length; c++) {
            sums[c] += Double.parseDouble(row.getField(c));
          }
        }
      }
    }
  }

  private static int lineFeed(byte[] buffer, int from) {
    int at = from;
    while (buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  private static final class JsonSums extends Sums {
    JsonSums() {
      super(NumberRows.COLUMNS);
    }

    @Override
    void parse(byte[] buffer, int from, int to) throws IOException {
      try (JsonParser parser = JSON.createParser(buffer, from, to - from)) {
        for (JsonToken token; (token = parser.nextToken()) != null; ) {
          if (token == JsonToken.FIELD_NAME) {
            int column =
                Integer.parseInt(parser.currentName(), 1, parser.currentName().length(), 10);
            parser.nextToken();
            sums[column] += parser.getDoubleValue();
          }
        }
      }
    }
  }

  private static final class LibsvmSums extends Sums {
    LibsvmSums() {
      super(2);
    }

    @Override
    void parse(byte[] buffer, int from, int to) {
      for (int at = from; at < to; ) {
        int end = lineFeed(buffer, at);
        StringTokenizer words =
            new StringTokenizer(new String(buffer, at, end - at, StandardCharsets.ISO_8859_1), " ");
        sums[0] += Double.parseDouble(words.nextToken());
        double features = 0;
        while (words.hasMoreTokens()) {
          String word = words.nextToken();
          features += Double.parseDouble(word.substring(word.indexOf(':') + 1));
        }
        sums[1] += features;
        at = end + 1;
      }
    }
  }
}
