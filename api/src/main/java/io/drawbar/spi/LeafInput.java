package io.drawbar.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * Leaves of a source, handed out in ranges.
 *
 * @param source where they are
 * @param layout how they are cut
 * @param alignment a range starts at a multiple of this many leaves of its file, so that what a
 *     task writes is whole parts
 */
public record LeafInput(Source source, Layout layout, int alignment) implements StageInput {
  /**
   * Divides the source, for tasks that take one split after the other.
   *
   * @param desired the number of splits wanted, at least 1; there may be more, a file having one at
   *     least, or fewer
   */
  public List<Split> splits(int desired) {
    return source.splits(layout, desired, alignment);
  }

  /**
   * Divides the source among tasks: each gets a contiguous run of splits of about equal bytes.
   * There is at least one task, with nothing to do if the source is empty.
   *
   * @param desired the number of tasks wanted, at least 1
   * @return for each task its splits in order; at most {@code desired} tasks
   */
  public List<List<Split>> tasks(int desired) {
    List<Split> splits = splits(desired);
    long total = splits.stream().mapToLong(s -> s.bytes() + 1).sum();
    List<List<Split>> tasks = new ArrayList<>();
    List<Split> current = new ArrayList<>();
    long before = 0;
    for (Split split : splits) {
      long boundary = (long) ((double) total * (tasks.size() + 1) / desired);
      if (!current.isEmpty()
          && before + (split.bytes() + 1) / 2 >= boundary
          && tasks.size() < desired - 1) {
        tasks.add(List.copyOf(current));
        current.clear();
      }
      current.add(split);
      before += split.bytes() + 1;
    }
    tasks.add(List.copyOf(current));
    return List.copyOf(tasks);
  }
}
