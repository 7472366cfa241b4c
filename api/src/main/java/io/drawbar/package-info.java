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
 *       the <b>logical plan</b> ({@code internal.plan}: {@code Scan, Filter, Project, Unnest,
 *       Aggregation}), each of which checks names and types in its constructor.
 *   <li>{@code collect}, {@code write}, {@code reduce} hand the plan to {@code JobRunner}, which
 *       asks {@code internal.planner.Planner} for stages: rules ({@code PruneColumns}) rewrite the
 *       plan, {@code StageCutter} fuses narrow steps and cuts at exchanges. The result is a {@link
 *       io.drawbar.spi.StageGraph} whose programs are {@code internal.kernel.StageChain}s. {@link
 *       io.drawbar.Dataset#explain} prints it.
 *   <li>The {@link io.drawbar.spi.Engine} that {@code Engines} found by {@link
 *       java.util.ServiceLoader} runs the graph: for each task it opens the program and feeds it.
 *       That is {@code LocalRun} in process; on Spark {@code Translation}, {@code LeafRdd} and
 *       {@code SparkStageTask}; on Flink {@code JobTranslator}, {@code TaskSource} and {@code
 *       StageOperator}; on MapReduce {@code JobPlan}, {@code TaskSplit} and {@code StageAttempt}.
 *   <li>In a task, {@code ChainTask} has the source's {@link io.drawbar.spi.LeafReader} fill a
 *       {@link io.drawbar.column.Batch} with a block of rows (for CSV: {@code io.drawbar.io} finds
 *       the leaf's records and parses bytes into columns) and pushes it through the operators of
 *       {@code FilterStep}, {@code ProjectStep}, {@code UnnestStep} into {@code
 *       PartialAggregateStep}, where rows become groups in {@code GroupTable} and {@code
 *       Accumulator}s. Without an aggregation the rows go to the step of 6 that ends the stage.
 *   <li>When the table is full, and at the task's end, {@code HashRanges} picks the receiver of
 *       each group, {@link io.drawbar.column.BatchCodec} makes a frame for each, {@code
 *       ExchangeOutbox} puts an {@code Envelope} on it, and the engine moves it: {@code LocalRun}
 *       through queues, Spark by {@code FrameQueue} and {@code Exchange}, Flink by {@code
 *       StageStreams}' partitioning, MapReduce by its own shuffle.
 *   <li>At the receiver {@code Inbox} takes it into account, {@code FinalAggregateStep} merges it,
 *       and at the end gives the groups in order of (hash, key) to {@code CollectStep}, {@code
 *       WriteStep} or {@code FoldStep}, whose one frame a task ({@code ReducedFrame}) any engine
 *       can merge with another's.
 *   <li>Frames of the last stage come back to {@code JobRunner}; {@code RunOutcome} checks that
 *       none is missing or doubled, puts them in order, and decodes rows, receipts of parts, which
 *       {@code JobRunner} has the sink's {@link io.drawbar.spi.CommitProtocol} commit, or merges
 *       partials.
 * </ol>
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
 * <p>A {@link io.drawbar.Trainer} is fitted through {@link io.drawbar.Dataset#reduce} and gives a
 * {@link io.drawbar.Model}, which is a transform: it appends expressions to a plan like any other
 * step. {@link io.drawbar.Model#save} has it give its {@link io.drawbar.ModelContent}, {@code
 * Manifest} makes JSON and tensors of that, and {@code internal.model} writes them; {@link
 * io.drawbar.Model#load} goes the same way back, to the {@link io.drawbar.ModelFormat} that knows
 * the type id. No class name comes from a file, and nothing but content goes in: so equal training
 * gives equal bytes, and {@link io.drawbar.Model#fingerprint} is the same on every engine.
 *
 * <p>A {@link io.drawbar.Scorer} plans the model's transform over a source that is not there
 * ({@code NarrowPlan}), takes the compiled steps of the one stage ({@code
 * internal.kernel.NarrowChain}) and runs them on batches of one row. It is the code of a task
 * without the task, so the bits are those of the batch.
 */
package io.drawbar;
