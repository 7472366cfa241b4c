/**
 * The kernel: everything that is computed, once, for all engines.
 *
 * <p>A stage is a {@link io.drawbar.internal.kernel.StageChain}: a feed and a list of {@link
 * io.drawbar.internal.kernel.Step steps}, serialised to each task, where each step opens an
 * operator. A row's way through a task: the source's reader fills columns with a block of rows;
 * {@code ChainTask} pushes the batch into the first operator; {@code FilterStep} narrows the
 * selection, {@code ProjectStep} computes columns, {@code UnnestStep} multiplies rows, {@code
 * PartialAggregateStep} groups them and sends a frame to each receiver. On the other side {@code
 * ChainTask.frame} decodes it, {@code FinalAggregateStep} merges, and the rows go on to {@code
 * CollectStep}, {@code WriteStep} or {@code FoldStep}.
 *
 * <p>Three things keep engines simple and results the same:
 *
 * <ul>
 *   <li><b>Frames tell where they belong.</b> An {@code Envelope} names the sender, its number of
 *       frames and the unit of the first row: engines may deliver in any order, and {@code Inbox}
 *       and {@code ReducedFrame} notice what is missing or doubled.
 *   <li><b>Errors in the data are data.</b> A task that meets a bad row stops, and says so in its
 *       last frame ({@code TaskFailure}); the driver throws the one that comes first in the data.
 *       So the same error comes from every engine, at any parallelism, without retries.
 *   <li><b>Partial results merge exactly</b>, so that flushing a full table, or not, changes no
 *       bit.
 * </ul>
 */
package io.drawbar.internal.kernel;
