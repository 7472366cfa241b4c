/**
 * Drawbar: write a data and training pipeline once, run it in process, on Spark, on Flink or on
 * Hadoop MapReduce, and get the same bits.
 *
 * <pre>{@code
 * try (Session session = Session.open()) {
 *   session.read(Csv.of(Reading.class).at("readings"))
 *       .where(col("temperature").lt(150))
 *       .groupBy("machine").agg(avg("temperature").as("average"))
 *       .write(Csv.to("averages"));
 * }
 * }</pre>
 *
 * <h2>The walk of a row</h2>
 *
 * <p>There is one way through the house, and no step calls back up.
 *
 * <ol>
 *   <li>{@link io.drawbar.Session#read} binds a source to the session's {@link
 *       io.drawbar.spi.Layout}; it and the methods of {@link io.drawbar.Dataset} append records to
 *       the <b>logical plan</b> ({@code internal.plan}: {@code Scan, Filter, Expect, Project,
 *       Unnest, MapRecords, Aggregation, Join, Lookup, Union, Sort, Limit, Sample, Draw, Cache}),
 *       each of which checks names and types in its constructor; {@code Call} has an error begin
 *       with the call that it came of.
 *   <li>{@code collect}, {@code write}, {@code reduce} hand the plan to {@code JobRunner}. What has
 *       to be run before it can be, {@code Preparation} runs: it has sources surveyed that are
 *       {@link io.drawbar.spi.Surveyed}, fills caches, collects the table of a {@code Lookup},
 *       tries the first leaves where few rows are wanted, and, where the units of sorted rows are
 *       looked at, finds the rows at which they begin ({@code LowestRows}). Each is a run like any
 *       other, and its result goes into the plan; {@code FirstRuns} only names them.
 *   <li>{@code internal.planner.Planner} makes stages. Rules rewrite the plan, and each is told
 *       whether the order of the rows is observed ({@code Orders}): {@code CarryIds} has rows that
 *       are sampled take their ids along ({@code Identify}), {@code DropSorts} drops what nobody
 *       looks at, {@code HoistUnions} makes each branch of a union a stage of its own, {@code
 *       ArrangeUnordered} puts rows without order into that of their content ({@code Arrange}),
 *       {@code PruneColumns} drops columns. {@code StageCutter} fuses narrow steps and cuts at
 *       exchanges. The result is a {@link io.drawbar.spi.StageGraph} whose programs are {@code
 *       internal.kernel.StageChain}s. {@link io.drawbar.Dataset#explain} prints it.
 *   <li>The {@link io.drawbar.spi.Engine} that {@code Engines} found by {@link
 *       java.util.ServiceLoader}, or that a program attached, runs the graph: for each task it
 *       opens the program and feeds it. That is {@code LocalRun} in process; on Spark {@code
 *       Translation}, {@code LeafRdd} and {@code SparkStageTask}; on Flink {@code JobTranslator},
 *       {@code TaskSource} and {@code StageOperator}; on MapReduce {@code JobPlan}, {@code
 *       TaskSplit} and {@code StageAttempt}. It writes down how far it is in {@link
 *       io.drawbar.spi.Progress}, which {@code ProgressWatch} reads to listeners.
 *   <li>In a task, {@code ChainTask} has the source's {@link io.drawbar.spi.LeafReader} fill a
 *       {@link io.drawbar.column.Batch} with a block of rows (for CSV: {@code io.drawbar.io} finds
 *       the leaf's records and parses bytes into columns; cached rows come from {@code Blocks}, cut
 *       as they were) and pushes it through the operators of {@code FilterStep}, {@code
 *       ExpectStep}, {@code ProjectStep}, {@code UnnestStep}, {@code LookupStep}, {@code
 *       RecordStep}, {@code IdentifyStep}, {@code SampleStep}, {@code DrawStep}, to the step that
 *       ends the stage.
 *   <li>That may be one that sends rows to another stage. {@code PartialAggregateStep} makes groups
 *       of them, in {@code GroupTable} and {@code Accumulator}s; {@code SendByKeyStep} picks the
 *       receiver by the hash of the key ({@code HashRanges}), {@code SendByRangeStep} by where a
 *       row is among {@code SortBounds}, and {@code TopStep} keeps the first rows only. {@link
 *       io.drawbar.column.BatchCodec} makes a frame for each receiver, {@code ExchangeOutbox} puts
 *       an {@code Envelope} on it, and the engine moves it: {@code LocalRun} through queues, Spark
 *       by {@code FrameQueue} and {@code Exchange}, Flink by {@code StageStreams}' partitioning,
 *       MapReduce by its own shuffle.
 *   <li>At the receiver {@code Inbox} takes it into account, and a keyed step has the rows of its
 *       range together: {@code FinalAggregateStep} merges groups, {@code JoinStep} matches, {@code
 *       SortStep} and {@code ArrangeStep} put in order, {@code TakeStep} takes the first. What they
 *       hold is counted by {@code TaskMemory}, and put down on disk when that is full ({@code
 *       SortedRuns}). They hand rows on by unit and block ({@code Units}), in the order of the
 *       operator where somebody looks at it, and as they come where nobody does, through narrow
 *       steps as in 5, to the end of 6 or to {@code CollectStep}, {@code WriteStep} or {@code
 *       FoldStep}, whose one frame a task ({@code ReducedFrame}) any engine can merge with
 *       another's.
 *   <li>Frames of the last stages come back to {@code JobRunner}; {@code RunOutcome} checks that
 *       none is missing or doubled, and that rows are as expected ({@code ExpectationTally}), puts
 *       them in order, and decodes rows, receipts of parts, which {@code JobRunner} has the sink's
 *       {@link io.drawbar.spi.CommitProtocol} commit, or merges partials. {@code BadRowLimits}
 *       holds the rows that did not fit against what sources tolerate, and {@code Quarantines} has
 *       them appear before the output. {@link io.drawbar.RunReport} has the counts of the tasks
 *       that counted.
 * </ol>
 *
 * <p>A program that is attached to its engine can leave the walk after 3, by {@link
 * io.drawbar.Dataset#export}: the engine takes the graph into a job of its own.
 *
 * <h2>Order, units and ids of rows</h2>
 *
 * <table>
 *   <caption>What they are, after which step</caption>
 *   <tr><th>after</th><th>order</th><th>units</th><th>id of a row</th></tr>
 *   <tr><td>a source, and narrow steps</td><td>(file, leaf, ordinal)</td><td>leaves</td>
 *       <td>hash of those; {@code explode} and {@code flatMap} mix in the number of the child</td></tr>
 *   <tr><td>{@code union}</td><td>branch after branch</td><td>those of each branch</td>
 *       <td>with the number of the branch mixed in</td></tr>
 *   <tr><td>{@code groupBy}, {@code distinct}, joins</td><td>(hash64(key), key, rest of the row)</td>
 *       <td>the top 12 bits of the hash</td>
 *       <td>hash of the content, and the row's number among its equals</td></tr>
 *   <tr><td>a source without order</td><td>the same, the whole row being the key</td>
 *       <td>likewise</td><td>likewise</td></tr>
 *   <tr><td>{@code sortBy}</td><td>(columns named, rest of the row)</td>
 *       <td>between the 4,095 rows whose content hashes lowest</td><td>likewise</td></tr>
 *   <tr><td>{@code limit}</td><td>as below it</td><td>one</td>
 *       <td>hash of the place among these rows</td></tr>
 *   <tr><td>{@code cache}</td><td>as below it</td><td>as below it</td><td>kept with the rows</td></tr>
 * </table>
 *
 * <p>A unit is cut into blocks of {@code drawbar.block.rows} rows; for what is read, of rows as
 * read, so that filters leave blocks where they are. Order is made where it is observed (rows that
 * are collected, written, limited or folded, ids of content) at the exchange before it, and nowhere
 * else: a join that feeds a {@code groupBy} sorts nothing.
 *
 * <h2>Why the bits are the same</h2>
 *
 * <p>Units (leaves, blocks, hash units) come from the data, never from the engine. Inside a block
 * rows are folded in order; between blocks only what merges exactly is merged. Order is that of the
 * data, or, after a keyed operator, that of the content. Errors in the data travel as data, and the
 * first in the data is reported. So parallelism, arrival, retries and the choice of engine are
 * invisible.
 *
 * <h2>Models</h2>
 *
 * <p>A {@link io.drawbar.Trainer} goes over rows once ({@link io.drawbar.Dataset#reduce}), or holds
 * some columns and goes over them again and again ({@link io.drawbar.Dataset#hold}):
 *
 * <ol>
 *   <li>{@code Holder} decides where the rows will be, which changes no bit. Data that is read from
 *       few bytes ({@code drawbar.gather.bytes}) comes to this process, and so do few rows that had
 *       to be computed from many, or have no order, from where they are cached. Of more, tasks keep
 *       what they have read ({@code Engine.hold}, {@code internal.kernel.HoldStep}), if reading it
 *       again would give the same; otherwise, and where an engine keeps nothing, rows are cached
 *       first. {@code Holding} is what came of it.
 *   <li>{@code SuperstepLoop} encodes the state, has it folded over all blocks ({@code
 *       internal.kernel.FoldBlocks} with the engine's workers, or a run with a {@code
 *       SuperstepKernel}), and makes the next one of the total. {@code FoldedFrame} checks that
 *       each block was folded exactly once; where each superstep is a run, {@code ReducedFrame}
 *       that each task was merged once.
 *   <li>{@code Checkpoints} puts states down, at a {@code CheckpointPace}, under a {@code
 *       TrainingName} that says what is computed from which rows, so that any engine can go on.
 *       {@code Phases} keeps the last state of an iteration until the rows are let go of, so that a
 *       training of several does not begin with the first again.
 * </ol>
 *
 * <p>What a trainer gives is a {@link io.drawbar.Model}, which is a transform: it appends
 * expressions to a plan like any other step. {@link io.drawbar.Model#save} has it give its {@link
 * io.drawbar.ModelContent}, {@code Manifest} makes JSON and tensors of that, and {@code
 * internal.model} writes them; {@link io.drawbar.Model#load} goes the same way back, to the {@link
 * io.drawbar.ModelFormat} that knows the type id. No class name comes from a file, and nothing but
 * content goes in: so equal training gives equal bytes, and {@link io.drawbar.Model#fingerprint} is
 * the same on every engine.
 *
 * <p>A file is of a <b>format</b> (now 1): how a manifest and its parts are laid out. What a type
 * saves is of a <b>revision</b> of its own, beside its type id, so that a type, a user's too, can
 * save more without a new format: its reader knows all revisions so far and says up to which
 * ({@link io.drawbar.ModelFormat#revision}), and what is newer, of format or revision, is refused
 * by name. Format 0 has no revisions, and all that it holds is of revision 0. Golden files of each
 * format are read by a test, for ever; a fingerprint is that of the manifest as it is written now,
 * so that a model that was read from an old file has another one than that file says.
 *
 * <p>{@link io.drawbar.Model#summary} is for people ({@link io.drawbar.summary}), and computed from
 * the content.
 *
 * <p>A {@link io.drawbar.Scorer} plans the model's transform over a source that is not there
 * ({@code NarrowPlan}), takes the compiled steps of the one stage ({@code
 * internal.kernel.NarrowChain}) and runs them on batches of one row. It is the code of a task
 * without the task, so the bits are those of the batch.
 */
package io.drawbar;
