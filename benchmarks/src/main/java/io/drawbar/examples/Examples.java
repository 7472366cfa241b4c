package io.drawbar.examples;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Starts an example by its name: what {@code -Dexample=WordCount -Dargs=books} comes to. */
public final class Examples {
  /** The main method of an example. */
  @FunctionalInterface
  private interface Program {
    void main(String[] arguments) throws Exception;
  }

  private static final Map<String, Program> PROGRAMS =
      new TreeMap<>(
          Map.of(
              "JsonTraining", JsonTraining::main,
              "KeyedAverage", KeyedAverage::main,
              "LinearRegressionFromCsv", LinearRegressionFromCsv::main,
              "LinearRegressionFromLibSvm", LinearRegressionFromLibSvm::main,
              "OrderValue", OrderValue::main,
              "Quickstart", Quickstart::main,
              "SortedReadings", SortedReadings::main,
              "WordCount", WordCount::main));

  private Examples() {}

  /** Runs an example with its arguments; says how, and ends with status 2, if that is not one. */
  public static void main(String[] arguments) throws Exception {
    try {
      run(arguments);
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  static void run(String... arguments) throws Exception {
    String name = arguments.length == 0 ? "" : arguments[0];
    Program program = PROGRAMS.get(name);
    if (program == null) {
      throw new UsageException(
          "no example is named '%s'; there are: %s"
              .formatted(name, String.join(", ", PROGRAMS.keySet())));
    }
    program.main(Arrays.copyOfRange(arguments, 1, arguments.length));
  }
}
