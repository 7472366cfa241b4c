package io.drawbar.internal.kernel;

import io.drawbar.internal.kernel.Envelope.Kind;
import io.drawbar.spi.EngineException;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps account of the frames that a receiver gets: each producer's must be there once, all of
 * them. No engine is trusted with this: a task counted twice, or not at all, ends the run with a
 * named error and not with a wrong result.
 */
final class Inbox {
  private static final class Producer {
    final BitSet received = new BitSet();
    int announced = -1;
  }

  private final String receiver;
  private final List<Integer> from;
  private final SortedMap<Integer, Producer[]> stages = new TreeMap<>();
  final TaskSummary summary = new TaskSummary();
  private int highestProducer = -1;
  long outOfOrder;

  /**
   * An empty inbox.
   *
   * @param receiver who it is, for messages
   * @param from the stages whose frames must come
   */
  Inbox(String receiver, List<Integer> from) {
    this.receiver = receiver;
    this.from = from;
  }

  /** Takes a frame into account; gives its header. */
  Envelope accept(byte[] frame) throws IOException {
    Envelope envelope = Envelope.of(frame);
    Producer producer = producer(envelope);
    if (envelope.producer() < highestProducer) {
      outOfOrder++;
    }
    highestProducer = Math.max(highestProducer, envelope.producer());
    if (envelope.kind() == Kind.DATA) {
      if (producer.received.get(envelope.sequence())) {
        throw wrong(envelope, "frame " + envelope.sequence() + " came twice");
      }
      producer.received.set(envelope.sequence());
    } else if (envelope.kind() == Kind.END) {
      if (producer.announced >= 0) {
        throw wrong(envelope, "its end came twice");
      }
      producer.announced = envelope.sequence();
      summary.add(TaskSummary.ofBytes(frame, Envelope.BYTES));
    } else {
      throw wrong(envelope, "a reduced frame came through an exchange");
    }
    return envelope;
  }

  private Producer producer(Envelope envelope) {
    if (!from.contains(envelope.stage()) || envelope.producers() < 1 || envelope.producer() < 0) {
      throw wrong(envelope, "it is not one of the stages " + from);
    }
    Producer[] producers =
        stages.computeIfAbsent(envelope.stage(), s -> new Producer[envelope.producers()]);
    if (producers.length != envelope.producers() || envelope.producer() >= producers.length) {
      throw wrong(envelope, "there were " + producers.length + " tasks before");
    }
    if (producers[envelope.producer()] == null) {
      producers[envelope.producer()] = new Producer();
    }
    return producers[envelope.producer()];
  }

  /**
   * Checks that everything has come.
   *
   * @throws EngineException naming what has not
   */
  void verify() {
    for (int stage : from) {
      if (!stages.containsKey(stage)) {
        throw new EngineException(receiver + " got no frames from stage " + stage + ADVICE);
      }
    }
    stages.forEach(
        (stage, producers) -> {
          for (int p = 0; p < producers.length; p++) {
            verify(stage, p, producers[p]);
          }
        });
  }

  private void verify(int stage, int number, Producer producer) {
    if (producer == null || producer.announced < 0) {
      throw new EngineException(
          "%s got no end from task %s of stage %s%s".formatted(receiver, number, stage, ADVICE));
    }
    int received = producer.received.cardinality();
    if (received != producer.announced || producer.received.length() > producer.announced) {
      throw new EngineException(
          "%s got %s of %s frames from task %s of stage %s%s"
              .formatted(receiver, received, producer.announced, number, stage, ADVICE));
    }
  }

  private EngineException wrong(Envelope envelope, String what) {
    return new EngineException(
        "%s: task %s of %s of stage %s: %s%s"
            .formatted(
                receiver,
                envelope.producer(),
                envelope.producers(),
                envelope.stage(),
                what,
                ADVICE));
  }

  private static final String ADVICE =
      "; the engine lost or repeated frames, so there is no result: run again, and report it";
}
