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
 *     RightTable}, {@code ArrangeStep} and {@code SortStep} put rows in order ({@code SortedRows},
 *     {@code RowSort}), {@code TakeStep} gives the first; each hands its rows on in {@code
 *     Units}</td></tr>
 *   <tr><th>narrow: a row becomes none, one or several</th><td>{@code FilterStep}, {@code ProjectStep},
 *     {@code UnnestStep}, {@code RecordStep} (a user's lambda), {@code LookupStep}, {@code
 *     IdentifyStep} and {@code SaltStep} (ids of rows), {@code SampleStep}, {@code DrawStep}</td></tr>
 *   <tr><th>end: to other stages</th><td>{@code PartialAggregateStep} groups ({@code Groups}, {@code
 *     GroupTable}, {@code Accumulator}s), {@code SendByKeyStep}, {@code SendByRangeStep} and {@code
 *     TopStep} send rows ({@code RowOutboxes})</td></tr>
 *   <tr><th>end: to the driver</th><td>{@code CollectStep}, {@code SendBlocksStep}, {@code
 *     WriteStep} ({@code PartitionedPart} where rows go into folders by their values), {@code
 *     FoldStep}, {@code HoldStep}</td></tr>
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
 * <p>Rows that do not fit, and do not end the run, are counted by {@code BadRowTally}; where bad
 * ones are quarantined, {@code QuarantineParts} writes them. Their receipts go with the counts of
 * the task in its {@code TaskSummary}, which each later stage, and each merge of reduced frames,
 * passes on: so they reach the driver from whichever stage reads.
 *
 * <p>An operator is used by the one thread of its task; steps are immutable and may be opened by
 * many.
 *
 * <h2>Out of core</h2>
 *
 * <p>What a task holds, groups and rows, is counted against its share by {@code TaskMemory}. When
 * that is full, a first half of an aggregation sends its table and begins another; what starts
 * after an exchange puts what it holds down on disk, in order, as a run ({@code SortedRuns}), and
 * at the end merges its runs ({@code RunMerge}). This changes no bit: the order of rows is total,
 * so that merging gives the one order there is, and partial results merge exactly. All runs of one
 * step are in a {@link io.drawbar.spi.SpillFile} without a name, each batch as {@link
 * io.drawbar.column.BatchCodec} has it, with a checksum; nothing is compressed, since the fastest
 * codec of the JDK takes several times what a disk does. A merge holds a batch of each of its runs:
 * how long a batch is, and how many runs are merged at a time, follows from the share, and of more
 * runs than that each pass makes longer ones.
 *
 * <ul>
 *   <li>{@code SortedRows}: sort, arrange, the first rows by an order. Rows are sorted by a number
 *       of eight bytes each ({@code RowRank}: the hash, or the beginning of the first column), and
 *       looked at only where two are the same.
 *   <li>{@code FinalAggregateStep}: partial results by (hash, key); {@code MergedGroups} makes
 *       groups of what comes out of the merge, a block at a time, so that a key costs memory once,
 *       however many runs it is in.
 *   <li>{@code JoinStep}: where the order is looked at, or the right side is too large, both sides
 *       are sorted so, and {@code SpilledJoin} walks them; the {@code Partners} of a key that have
 *       no room are in a file of their own, which is read again for each row of the left. Where
 *       only the left side is too large, and nobody looks at the order, its rows wait in a file as
 *       they came, and are looked up in the table of the right ones.
 *   <li>{@code TakeStep}: frames that wait for others before them.
 * </ul>
 *
 * <p>What cannot be put down is an error that says so ({@link
 * io.drawbar.spi.MemoryLimitException}): the table of a lookup, a row larger than the share. A disk
 * that is full or fails is a {@link io.drawbar.spi.SpillException}, with which the attempt fails.
 * {@code StageReport} counts the bytes and the runs.
 *
 * <p>Rows that are held ({@code HeldRows} of {@code HeldBlock}s, in memory or in a {@code
 * SpillFile}) are folded by {@code FoldBlocks}, and what its workers send is a {@code FoldedFrame},
 * which names the blocks that are in it. {@code GatheredRows} are held by the driver.
 *
 * <p>Not everything runs in tasks: {@code RunOutcome} puts together on the driver what tasks have
 * sent, {@code LowestRows} is the kernel that finds where ranges of sorted rows begin, and {@code
 * NarrowChain} runs the narrow steps of one stage without a task, for scoring.
 */
package io.drawbar.internal.kernel;
