/**
 * The kernel: everything that is computed, once, for all engines.
 *
 * <p>A stage is a {@link io.drawbar.internal.kernel.StageChain}: a {@link
 * io.drawbar.internal.kernel.Feed feed} and a list of {@link io.drawbar.internal.kernel.Step
 * steps}, serialised to each task, where each step opens an operator. {@code ChainTask} has the
 * source's reader fill columns with a block of rows, or decodes a frame, and pushes the batch into
 * the first operator. What has to be the same wherever rows meet stands once: {@code Hashing},
 * {@code ColumnOrder} and {@code VectorHash}, {@code KeyColumns}, {@code HashRanges}.
 *
 * <table>
 *   <caption>The steps of a stage, from its start to its end</caption>
 *   <tr><th>start: all rows of a receiver's range are there when it begins</th><td>{@code
 *     FinalAggregateStep} merges groups, {@code JoinStep} merges two sides, or looks one up in a {@code
 *     RightTable}, {@code ArrangeStep} and {@code SortStep} put rows in order ({@code RowBuffer},
 *     {@code RowSort}, {@code TopRows} where few are wanted), {@code TakeStep} gives the first; each
 *     hands its rows on in {@code Units}</td></tr>
 *   <tr><th>narrow: a row becomes none, one or several</th><td>{@code FilterStep}, {@code ProjectStep},
 *     {@code UnnestStep}, {@code RecordStep} (a user's lambda), {@code LookupStep}, {@code
 *     IdentifyStep} and {@code SaltStep} (ids of rows), {@code SampleStep}, {@code DrawStep}</td></tr>
 *   <tr><th>end: to other stages</th><td>{@code PartialAggregateStep} groups ({@code Groups}, {@code
 *     GroupTable}, {@code Accumulator}s), {@code SendByKeyStep}, {@code SendByRangeStep} and {@code
 *     TopStep} send rows ({@code RowOutboxes})</td></tr>
 *   <tr><th>end: to the driver</th><td>{@code CollectStep}, {@code SendBlocksStep}, {@code
 *     WriteStep}, {@code FoldStep}, {@code HoldStep}</td></tr>
 * </table>
 *
 * <p>Rows that are looked at in order leave a start in blocks of units that their content decides;
 * where nobody looks, in any order, which is cheaper: {@link
 * io.drawbar.internal.kernel.OutputOrder}.
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
 *
 * <p>What a task holds, groups and rows, is counted against its share by {@code TaskMemory}: past
 * it there is an error that names what was held, not a dead process. A table of a first half of an
 * aggregation is sent where there is no room for it. An operator is used by the one thread of its
 * task; steps are immutable and may be opened by many.
 *
 * <p>Rows that are held ({@code HeldRows} of {@code HeldBlock}s, in memory or in a {@code
 * HeldFile}) are folded by {@code FoldBlocks}, and what its workers send is a {@code FoldedFrame},
 * which names the blocks that are in it. {@code GatheredRows} are held by the driver.
 *
 * <p>Not everything runs in tasks: {@code RunOutcome} puts together on the driver what tasks have
 * sent, {@code LowestRows} is the kernel that finds where ranges of sorted rows begin, and {@code
 * NarrowChain} runs the narrow steps of one stage without a task, for scoring.
 */
package io.drawbar.internal.kernel;
