package io.drawbar.testkit;

import io.drawbar.internal.kernel.Feed;
import io.drawbar.internal.kernel.StageChain;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** The faults that are planted. Each counts how often it found something to spoil. */
final class Faults {
  private static final int PRODUCER = 5;
  private static final int SEQUENCE = 13;
  private static final int UNIT = 17;
  private static final int CHECKSUM = 33;
  private static final int PAYLOAD = 37;

  private Faults() {}

  /** A fault that tells whether it did anything. */
  abstract static class Counted implements Fault {
    int spoiled;
  }

  /** A fault in the delivery of frames. */
  @FunctionalInterface
  interface Delivery {
    /** Spoils some frames; says whether it did. */
    boolean spoil(List<byte[]> frames, Random random);
  }

  /** Spoils what a receiver gets, of every run. */
  static Counted delivering(Receiver receiver, Delivery delivery) {
    return new Counted() {
      @Override
      public List<byte[]> deliver(int stage, List<byte[]> frames, Random random) {
        if ((stage == DRIVER) != (receiver == Receiver.DRIVER) || frames.isEmpty()) {
          return frames;
        }
        List<byte[]> spoilt = new ArrayList<>(frames);
        spoiled += delivery.spoil(spoilt, random) ? 1 : 0;
        return spoilt;
      }
    };
  }

  /** Who gets the frames that are spoiled. */
  enum Receiver {
    DRIVER,
    TASK
  }

  /** All frames of one task come a second time, as if two attempts at it counted. */
  static boolean countTwice(List<byte[]> frames, Random random) {
    int task = producer(any(frames, random));
    frames.addAll(frames.stream().filter(frame -> producer(frame) == task).toList());
    return true;
  }

  /** No frame of one task comes. */
  static boolean loseTask(List<byte[]> frames, Random random) {
    int task = producer(any(frames, random));
    return frames.removeIf(frame -> producer(frame) == task);
  }

  /** One frame does not come. */
  static boolean loseFrame(List<byte[]> frames, Random random) {
    frames.remove(random.nextInt(frames.size()));
    return true;
  }

  /** One frame with rows comes twice, the other frames of its task once. */
  static boolean repeatFrame(List<byte[]> frames, Random random) {
    frames.add(any(frames, random).clone());
    return true;
  }

  /**
   * Frames are ordered as in a hash map, and not by where in the data they belong. They are sealed
   * anew, since it is the kernel that would make this mistake.
   */
  static boolean orderByHash(List<byte[]> frames, Random random) {
    int salt = random.nextInt();
    for (byte[] frame : frames) {
      if (isData(frame)) {
        ByteBuffer header = ByteBuffer.wrap(frame);
        int hash = (header.getInt(PRODUCER) * 31 + header.getInt(SEQUENCE)) * 0x9E3779B1 ^ salt;
        header.putLong(UNIT, hash >>> 8);
        CRC32C seal = new CRC32C();
        seal.update(frame, 0, CHECKSUM);
        seal.update(frame, PAYLOAD, frame.length - PAYLOAD);
        header.putInt(CHECKSUM, (int) seal.getValue());
      }
    }
    return frames.size() > 1;
  }

  /** One bit of one frame is turned over. */
  static boolean flipBit(List<byte[]> frames, Random random) {
    byte[] frame = any(frames, random);
    byte[] flipped = frame.clone();
    flipped[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
    frames.replaceAll(other -> other == frame ? flipped : other);
    return true;
  }

  /** The end of one frame is missing. */
  static boolean cutFrame(List<byte[]> frames, Random random) {
    byte[] frame = any(frames, random);
    byte[] cut = Arrays.copyOf(frame, random.nextInt(frame.length));
    frames.replaceAll(other -> other == frame ? cut : other);
    return true;
  }

  private static byte[] any(List<byte[]> frames, Random random) {
    return frames.get(random.nextInt(frames.size()));
  }

  private static boolean isData(byte[] frame) {
    return frame[0] == 0;
  }

  private static int producer(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt(PRODUCER);
  }

  /** The engine's own splits are the leaves: the data's layout is replaced by one of its liking. */
  static Counted ownLeaves(long leafBytes) {
    return new Counted() {
      @Override
      public StageGraph graph(StageGraph graph) {
        spoiled++;
        List<Stage> stages = graph.stages().stream().map(stage -> recut(stage, leafBytes)).toList();
        return new StageGraph(graph.name(), stages, graph.terminal());
      }
    };
  }

  private static Stage recut(Stage stage, long leafBytes) {
    if (!(stage.input() instanceof LeafInput leaves)) {
      return stage;
    }
    Layout own = new Layout(leafBytes, leaves.layout().leafRows(), leaves.layout().blockRows());
    StageChain chain = (StageChain) stage.program();
    Feed.FromSource feed = (Feed.FromSource) chain.feed();
    return new Stage(
        stage.id(),
        stage.name(),
        new LeafInput(leaves.source(), own, leaves.alignment()),
        new StageChain(
            chain.stage(),
            new Feed.FromSource(feed.source(), own, feed.columns()),
            chain.steps(),
            chain.spilling()));
  }
}
