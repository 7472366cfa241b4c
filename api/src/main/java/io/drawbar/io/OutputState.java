package io.drawbar.io;

import io.drawbar.spi.FileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is at the place of an output: enough to know later whether it is still the same.
 *
 * <p>A folder is told by the names and lengths of its files and by its {@code _SUCCESS}, in which
 * each run that replaces a folder puts a number one higher; a file by its length and its ends.
 *
 * @param version differs from that of other contents, in hexadecimal digits
 * @param isFolder whether it is one
 * @param isOutput whether it is a folder that a run has completed, or a file
 * @param isEmpty whether it is a folder in which there is nothing at all, not even hidden
 * @param runs the number in {@code _SUCCESS}, 1 if it is empty
 * @param additions how many times parts have been added, as their names say
 * @param last the last of its files in the order in which they are read, which of folders that are
 *     named after values, {@code year=2024}, is that within each; empty if there is none
 */
record OutputState(
    String version,
    boolean isFolder,
    boolean isOutput,
    boolean isEmpty,
    int runs,
    int additions,
    String last)
    implements Serializable {
  private static final int MOST_IN_MARKER = 64;
  private static final int END_BYTES = 1 << 16;
  private static final Pattern VALUES = Pattern.compile("^([^/=]+=[^/]*/)+");
  private static final Pattern ADDED = Pattern.compile("(?:.*/)?part-a([0-9]{6})-[^/]*");

  /** What comes before the rest of the name of a part that was added. */
  static String added(int addition) {
    return String.format(Locale.ROOT, "part-a%06d-", addition);
  }

  /** Looks; empty if nothing is there. */
  static Optional<OutputState> of(FileSystem system, String target) throws IOException {
    if (!system.exists(target)) {
      return Optional.empty();
    }
    List<FileSystem.Status> files =
        system.list(target).stream()
            .sorted(Comparator.comparing(FileSystem.Status::relativePath))
            .toList();
    boolean isFolder = system.isFolder(target);
    MessageDigest digest = sha256();
    for (FileSystem.Status file : files) {
      update(digest, file.relativePath() + "\n" + file.bytes() + "\n");
    }
    if (!isFolder) {
      ends(system, target, files.get(0).bytes(), digest);
      return Optional.of(new OutputState(hex(digest), false, true, false, 1, 0, ""));
    }
    String marker = target + "/" + InputFiles.SUCCESS;
    boolean isComplete = system.exists(marker);
    String text = isComplete ? text(system, marker) : "";
    update(digest, text);
    return Optional.of(
        new OutputState(
            hex(digest),
            true,
            isComplete,
            files.isEmpty() && system.entries(target).isEmpty(),
            text.matches("[1-9][0-9]{0,8}\\s*") ? Integer.parseInt(text.strip()) : 1,
            files.stream().mapToInt(file -> addition(file.relativePath())).max().orElse(0),
            files.stream()
                .map(file -> VALUES.matcher(file.relativePath()).replaceFirst(""))
                .max(Comparator.naturalOrder())
                .orElse("")));
  }

  private static int addition(String path) {
    Matcher name = ADDED.matcher(path);
    return name.matches() ? Integer.parseInt(name.group(1)) : 0;
  }

  private static void ends(FileSystem system, String file, long bytes, MessageDigest digest)
      throws IOException {
    try (InputStream in = system.open(file, 0)) {
      digest.update(in.readNBytes(END_BYTES));
    }
    try (InputStream in = system.open(file, Math.max(0, bytes - END_BYTES))) {
      digest.update(in.readNBytes(END_BYTES));
    }
  }

  private static String text(FileSystem system, String file) throws IOException {
    try (InputStream in = system.open(file, 0)) {
      return new String(in.readNBytes(MOST_IN_MARKER), StandardCharsets.UTF_8);
    }
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
