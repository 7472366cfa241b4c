package io.drawbar.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The name of a run that writes: a random number, and which process it is in, so that others can
 * tell whether it may still be at work. It is part of the names of folders, {@code
 * <random>-<process>-<start>-<boot>-<namespace>-<host>}, so that one rename both takes a folder and
 * says who has it.
 *
 * @param process its number
 * @param start when it started, by a clock that nobody sets, where there is one
 * @param boot differs from boot to boot of a machine
 * @param namespace within which numbers of processes mean something; containers have their own
 */
record RunId(String random, long process, long start, String boot, String namespace, String host) {
  /** What is known of a run. */
  enum Life {
    MAY_LIVE,
    IS_OVER,
    /** It was on another machine, or in another container. */
    UNKNOWN
  }

  private static final String UNNAMED = "localhost";
  private static final String NONE = "0";
  private static final int FIELDS = 6;
  private static final int MOST_OF_HOST = 40;
  private static final int START_FIELD = 19;

  /** Properties, not a set of this class, which a process may have loaded twice. */
  private static final String REGISTERED = "io.drawbar.run.";

  private static final RunId PROCESS =
      new RunId(
          "",
          ProcessHandle.current().pid(),
          start(ProcessHandle.current().pid()),
          line("/proc/sys/kernel/random/boot_id").map(id -> id.substring(0, 8)).orElse(NONE),
          currentNamespace(),
          currentHost());

  /** A new run of this process, at work until its {@link #end}. */
  static RunId begin() {
    String random = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    RunId run =
        new RunId(
            random, PROCESS.process, PROCESS.start, PROCESS.boot, PROCESS.namespace, PROCESS.host);
    System.setProperty(REGISTERED + random, run.toString());
    return run;
  }

  /** Nothing more will be done by it. */
  void end() {
    System.clearProperty(REGISTERED + random);
  }

  /** A run by its name; empty if it is none. */
  static Optional<RunId> of(String name) {
    String[] fields = name.split("-", FIELDS);
    if (fields.length != FIELDS || !fields[0].matches("[0-9a-f]{16}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RunId(
              fields[0],
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2]),
              fields[3],
              fields[4],
              fields[5]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether it may be at work; only what is sure is said to be over. */
  Life life() {
    if (!host.equals(PROCESS.host)) {
      return Life.UNKNOWN;
    }
    if (!boot.equals(PROCESS.boot)) {
      // The machine has been started again; but many are called localhost.
      return host.equals(UNNAMED) ? Life.UNKNOWN : Life.IS_OVER;
    }
    if (!namespace.equals(PROCESS.namespace)) {
      return Life.UNKNOWN;
    }
    if (process == PROCESS.process && start == PROCESS.start) {
      return System.getProperty(REGISTERED + random) == null ? Life.IS_OVER : Life.MAY_LIVE;
    }
    boolean areOthersHidden = Files.exists(Path.of("/proc/self")) && start(1) == 0;
    if (areOthersHidden) {
      return Life.UNKNOWN;
    }
    boolean isThere = ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent();
    long startOfThat = start(process);
    return isThere && (startOfThat == 0 || start == 0 || startOfThat == start)
        ? Life.MAY_LIVE
        : Life.IS_OVER;
  }

  /** For messages. */
  String shown() {
    return "run %s of process %s on %s".formatted(random, process, host);
  }

  @Override
  public String toString() {
    return "%s-%s-%s-%s-%s-%s".formatted(random, process, start, boot, namespace, host);
  }

  /**
   * When a process started; 0 if that cannot be known. Linux counts from its boot; what Java makes
   * of that changes when the clock is set.
   */
  private static long start(long process) {
    if (Files.exists(Path.of("/proc/self/stat"))) {
      return line("/proc/" + process + "/stat")
          .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
          .map(fields -> Long.parseLong(fields[START_FIELD]))
          .orElse(0L);
    }
    return ProcessHandle.of(process)
        .flatMap(handle -> handle.info().startInstant())
        .map(Instant::toEpochMilli)
        .orElse(0L);
  }

  private static String currentNamespace() {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      String digits = link.replaceAll("[^0-9]", "");
      return digits.isEmpty() ? NONE : digits;
    } catch (IOException | UnsupportedOperationException e) {
      return NONE;
    }
  }

  private static String currentHost() {
    String name = line("/proc/sys/kernel/hostname").orElse("");
    if (name.isEmpty()) {
      try {
        name = InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        name = UNNAMED;
      }
    }
    String plain = name.replaceAll("[^A-Za-z0-9.]", "_");
    return plain.substring(0, Math.min(MOST_OF_HOST, plain.length()));
  }

  private static Optional<String> line(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1).strip())
          .filter(text -> !text.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
