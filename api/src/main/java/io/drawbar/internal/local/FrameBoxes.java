package io.drawbar.internal.local;

import io.drawbar.spi.SpillFile;
import io.drawbar.spi.SpillFolder;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Frames on their way to the tasks of a stage, which begins when all have been sent: in memory
 * while there is room, then in a file.
 */
final class FrameBoxes implements Closeable {
  /** A frame: one of the two is null. */
  private record Place(byte[] frame, SpillFile.Piece piece) {}

  private final List<Queue<Place>> boxes = new ArrayList<>();
  private final AtomicLong bytesInMemory;
  private final long mostBytes;
  private final SpillFolder folder;
  private final AtomicLong bytesSpilled = new AtomicLong();
  private SpillFile file;

  /**
   * Empty boxes.
   *
   * @param bytesInMemory of the frames in all boxes of the run
   * @param mostBytes how many these may be
   */
  FrameBoxes(int count, AtomicLong bytesInMemory, long mostBytes, SpillFolder folder) {
    for (int i = 0; i < count; i++) {
      boxes.add(new ConcurrentLinkedQueue<>());
    }
    this.bytesInMemory = bytesInMemory;
    this.mostBytes = mostBytes;
    this.folder = folder;
  }

  int count() {
    return boxes.size();
  }

  /** Puts a frame into a box; any thread may. */
  void add(int box, byte[] frame) throws IOException {
    if (bytesInMemory.addAndGet(frame.length) <= mostBytes) {
      boxes.get(box).add(new Place(frame, null));
    } else {
      bytesInMemory.addAndGet(-frame.length);
      boxes.get(box).add(new Place(null, file().append(frame)));
      bytesSpilled.addAndGet(frame.length);
    }
  }

  /** Takes a frame out of a box; null if it is empty. */
  byte[] poll(int box) throws IOException {
    Place place = boxes.get(box).poll();
    if (place == null) {
      return null;
    }
    if (place.frame == null) {
      return file().read(place.piece);
    }
    bytesInMemory.addAndGet(-place.frame.length);
    return place.frame;
  }

  /** The bytes of the frames that are, or were, in the file. */
  long bytesSpilled() {
    return bytesSpilled.get();
  }

  private synchronized SpillFile file() throws IOException {
    if (file == null) {
      file = folder.create();
    }
    return file;
  }

  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
