package io.drawbar.iterate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is done again and again with the same rows: each block is folded, given the state so far,
 * into a {@link Partial}; partials are merged exactly; the driver makes the next state of the
 * total. {@code Dataset.iterate} runs it until the state says that it is done.
 *
 * <p>The superstep itself is code and parameters and is shipped once; the state is what changes,
 * goes to every task in each superstep, and is what a checkpoint holds. A state is immutable.
 * {@link #next} must be a function of its arguments alone, so that a training that was broken off
 * ends where an undisturbed one does.
 *
 * @param <S> the state, such as the weights so far and the number of the superstep
 * @param <P> the partial
 */
public interface Superstep<S, P extends Partial<P>> extends Serializable {
  /**
   * What is computed, with all parameters, in a line: a checkpoint is taken up by the superstep
   * that describes itself as the one that wrote it did.
   */
  String describe();

  /** The columns that batches handed to {@link #open} have, in this order. */
  List<String> columns();

  /** A partial of no rows: merging it changes nothing. */
  P identity();

  /** A fold for one worker and one superstep. */
  BlockFold<P> open(S state);

  /**
   * Reads what {@link Partial#encode} wrote; checks sizes before allocating.
   *
   * @throws IOException if the bytes are not such a partial
   */
  P decode(DataInput in) throws IOException;

  /** The next state, on the driver; the partial is the caller's no more. */
  S next(S state, P total);

  /** Whether a state is the last; asked before each superstep, of the first state, too. */
  boolean isDone(S state);

  /**
   * Whether a state that is not the last can be a result, too: where a person ends a training early
   * ({@code SuperstepProgress.end()}), supersteps go on to the next such state, or to the last. Say
   * no of states that are nothing without those that follow; a trainer that gets a state of which
   * {@link #isDone} is not true has to be able to make a model of it.
   */
  default boolean mayEnd(S state) {
    return true;
  }

  /**
   * Whether a last state is the last only because no more supersteps were allowed: then whoever
   * runs them tells that more may give another result.
   */
  default boolean hasRunOut(S last) {
    return false;
  }

  /** Writes a state. */
  void encodeState(S state, DataOutput out) throws IOException;

  /**
   * Reads what {@link #encodeState} wrote, to the bit; checks sizes before allocating.
   *
   * @throws IOException if the bytes are not such a state
   */
  S decodeState(DataInput in) throws IOException;

  /** How many supersteps there are at most, as far as is known: for people who wait. */
  default OptionalInt mostSupersteps() {
    return OptionalInt.empty();
  }

  /**
   * How far a state is from the end, on a scale on which supersteps come about evenly nearer to 0:
   * the logarithm of a slope over the one that is small enough, say. For people who wait; empty if
   * it is not known.
   */
  default OptionalDouble distance(S state) {
    return OptionalDouble.empty();
  }

  /**
   * What is made smaller from superstep to superstep, for people who watch; empty if nothing is.
   */
  default OptionalDouble loss(S state) {
    return OptionalDouble.empty();
  }
}
