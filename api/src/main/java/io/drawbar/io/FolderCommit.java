package io.drawbar.io;

import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartReceipt;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes a folder of parts appear, or replaces or adds to one, on a file system that renames folders
 * atomically.
 *
 * <p>For a target {@code out/result} attempts write to {@code out/.result.drawbar-<run>/attempts/};
 * the commit moves the parts that count into a folder of their own next to it, with {@code
 * _SUCCESS}. One rename makes that {@code out/result} where nothing is: whoever looks at the target
 * sees nothing or all of it, also when the driver is killed.
 *
 * <p>A run changes the place in a {@code Turn}, a hidden folder that one has at a time; see the
 * package page for what others see meanwhile, and after a kill. Parts that are added are called
 * {@code part-a000001-...}, {@code part-a000002-...}, so that they come after all that were there.
 */
public final class FolderCommit extends RenamingCommit {
  private static final long serialVersionUID = 2;
  private static final String PART = "part-";

  /**
   * A commit to a folder that must not exist yet.
   *
   * @param target its path; the folders above it are made when they are missing
   */
  public FolderCommit(FileSystem system, String target) {
    this(system, target, OutputMode.CREATE);
  }

  /**
   * A commit to a folder.
   *
   * @param target its path; the folders above it are made when they are missing
   * @param mode what becomes of what is there
   */
  public FolderCommit(FileSystem system, String target, OutputMode mode) {
    super(system, withoutSlashes(target), mode, "folder");
  }

  private static String withoutSlashes(String target) {
    String stripped = target;
    while (stripped.length() > 1 && stripped.endsWith("/")) {
      stripped = stripped.substring(0, stripped.length() - 1);
    }
    return stripped;
  }

  private boolean isAdded() {
    return mode == OutputMode.APPEND && seen().isPresent();
  }

  @Override
  String committed(String name) {
    int from = name.lastIndexOf('/') + 1;
    if (!isAdded()) {
      return name;
    }
    String last = name.substring(from);
    return name.substring(0, from)
        + OutputState.added(seen().orElseThrow().additions() + 1)
        + (last.startsWith(PART) ? last.substring(PART.length()) : last);
  }

  @Override
  void assemble(List<PartReceipt> parts, String path) throws IOException {
    system.createFolder(path);
    Set<String> folders = new HashSet<>();
    for (PartReceipt part : parts) {
      int slash = part.name().lastIndexOf('/');
      if (slash > 0 && folders.add(part.name().substring(0, slash))) {
        system.createFolder(path + "/" + part.name().substring(0, slash));
      }
      system.rename(part.path(), path + "/" + part.name());
    }
    if (!isAdded() || seen().orElseThrow().isEmpty()) {
      try (OutputStream out = system.create(path + "/" + InputFiles.SUCCESS)) {
        int run = seen().filter(OutputState::isOutput).map(OutputState::runs).orElse(0) + 1;
        out.write((run == 1 ? "" : run + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
