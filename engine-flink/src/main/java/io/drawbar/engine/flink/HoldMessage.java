package io.drawbar.engine.flink;

import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * What driver, {@link HoldCoordinator} and {@link HoldOperator readers} tell each other. Each
 * message may be lost, come twice or come late: the number of the superstep says what it is about,
 * and saying it again does no harm.
 */
sealed interface HoldMessage {

  /** The driver asks whether all readers hold their rows, and for what they emitted meanwhile. */
  record Load() implements HoldMessage, CoordinationRequest {
    private static final long serialVersionUID = 1;
  }

  /**
   * A superstep, from the driver through the coordinator to each reader.
   *
   * @param number larger than all before
   * @param program the number of the program: which file it is in
   * @param state one frame
   */
  record Fold(long number, long program, Parcel state)
      implements HoldMessage, CoordinationRequest, OperatorEvent {
    private static final long serialVersionUID = 1;

    /** The name of the file that has a program. */
    static String file(long program) {
      return "program-" + program;
    }
  }

  /** Nobody waits for a superstep any more: on the same way. */
  record Stop(long number) implements HoldMessage, CoordinationRequest, OperatorEvent {
    private static final long serialVersionUID = 1;
  }

  /** The coordinator has heard nothing of a superstep for a while. */
  record Ping(long number) implements HoldMessage, OperatorEvent {
    private static final long serialVersionUID = 1;
  }

  /** A reader has read its rows; with what it emitted. */
  record Held(Parcel frames) implements HoldMessage, OperatorEvent {
    private static final long serialVersionUID = 1;
  }

  /** A reader is at it. */
  record Working(long number) implements HoldMessage, OperatorEvent {
    private static final long serialVersionUID = 1;
  }

  /** A reader has folded its blocks; with its frame. */
  record Folded(long number, Parcel frame) implements HoldMessage, OperatorEvent {
    private static final long serialVersionUID = 1;
  }
}
