/**
 * What an engine, a source, a sink or a file system has to implement.
 *
 * <h2>Engines</h2>
 *
 * <p>An engine gets an immutable {@link io.drawbar.spi.StageGraph} and does a handful of things
 * with it: open {@link io.drawbar.spi.StageTask tasks} of a stage and feed each with splits or with
 * the frames addressed to it, move frames, hand those of the result to the driver, retry what
 * fails. It never sees a row, an expression or a model, so that results do not depend on it and
 * there is no cost a record: what crosses an engine is a frame of thousands of rows as one byte
 * array.
 *
 * <p>What an engine may rely on: programs, sources and splits go through Java serialisation (code
 * and addresses; rows only as encoded frames); frames carry their sender and number, so they may be
 * delivered in any order; a task may be attempted any number of times, as long as the frames of
 * exactly one attempt count. What is wrong with the data comes back inside frames, never as an
 * exception. The contract test in the test kit says the rest, and an engine's own test is one
 * subclass of it.
 *
 * <p>{@link io.drawbar.spi.Engine#run} returns at once, and {@link io.drawbar.spi.Runs} is all that
 * an engine needs for it whose work is a blocking call: threads, cancelling, closing. An engine may
 * be asked for several runs at the same time, by several threads. It tells {@link
 * io.drawbar.spi.Progress} of tasks that begin and end, and each task, by {@link
 * io.drawbar.spi.TaskContext#withMemoryBytes}, its share of memory, and, by {@link
 * io.drawbar.spi.TaskContext#withSpillFolder}, where to put down what is beyond it.
 *
 * <p>An engine that can keep rows near its workers does so for {@link io.drawbar.spi.Engine#hold},
 * until they are closed, and {@link io.drawbar.spi.Holdings} remembers which are not. {@link
 * io.drawbar.spi.BlockThreads} is for one whose workers are threads of this process.
 *
 * <p>A graph may have several stages of the result, because branches of a union reach the driver
 * side by side, and a stage several producers, whose frames have different columns where it is a
 * join: an engine notices nothing of either but {@link io.drawbar.spi.StageGraph#results} and
 * {@link io.drawbar.spi.ExchangeInput#from}.
 *
 * <h2>Rows that stay</h2>
 *
 * <p>{@link io.drawbar.spi.Engine#hold} runs a graph whose tasks keep what they read: {@link
 * io.drawbar.spi.StageTask#held} of each is its {@link io.drawbar.spi.HeldBlocks}, and {@link
 * io.drawbar.spi.HeldData} what the driver has of all of them, beyond the run. A {@link
 * io.drawbar.spi.SuperstepProgram} is then sent to where the blocks are, with a state, as often as
 * wanted. Which worker folds which block is the engine's business: {@link
 * io.drawbar.spi.BlockThreads} shares those of one process among threads. An engine that keeps
 * nothing returns nothing, and is given runs over cached rows instead.
 *
 * <h2>Units</h2>
 *
 * <p>A file is cut into leaves by its bytes, a leaf into blocks by its rows: see {@link
 * io.drawbar.spi.Layout} and {@link io.drawbar.spi.Unit}. Splits are ranges of whole leaves, so
 * that how an engine divides work changes no result. A source whose rows come in another order, or
 * in other leaves, each time says so with {@link io.drawbar.spi.Source#isOrdered}, and the planner
 * sees to the rest.
 *
 * <p>A source that cannot say how its data is divided before all of it has been looked at is {@link
 * io.drawbar.spi.Surveyed}: a session has it look, in a run like any other, before it is read.
 *
 * <h2>Rows that do not fit</h2>
 *
 * <p>A {@link io.drawbar.spi.LeafReader} tells a {@link io.drawbar.spi.BadRowListener} of rows that
 * do not end the reading, and leaves bad ones in their block, not selected. How many there may be,
 * and where they go, is the source's {@link io.drawbar.spi.Tolerance}; an engine notices nothing of
 * it.
 *
 * <h2>Output</h2>
 *
 * <p>Tasks write parts under temporary names and return {@link io.drawbar.spi.PartReceipt receipts}
 * through the engine like any other frame; the driver commits what the receipts name. So an attempt
 * that does not count leaves nothing, on every engine alike. Columns that are not in files but in
 * the names of folders are seen to outside of formats, by whoever writes and reads: see {@link
 * io.drawbar.spi.Sink#partitionColumns} and {@link io.drawbar.spi.PartitionFolders}.
 *
 * <h2>File systems</h2>
 *
 * <p>A {@link io.drawbar.spi.FileSystem} goes along to the tasks; its {@link
 * io.drawbar.spi.FileSystem#list} says where files are kept, and it says itself whether its {@link
 * io.drawbar.spi.FileSystem#isRenameAtomic renames} are one step. One that a {@link
 * io.drawbar.spi.FileSystemFactory} makes is found by the scheme of a URI, and gets its settings
 * from the session: before anything else is asked of a source or sink, {@link
 * io.drawbar.spi.Source#configured} hands it the configuration.
 *
 * <h2>An engine's own datasets</h2>
 *
 * <p>Rows of a native dataset come in through a {@link io.drawbar.spi.NativeSource} of the engine,
 * which its translator knows: instead of asking it for splits it feeds each task {@link
 * io.drawbar.spi.BatchSplit batches} of the native rows where they are. {@link
 * io.drawbar.spi.NativeRows} makes those, of values that the engine takes out of its rows: so what
 * a value of Java's becomes, and what an error says, is the same on all engines. Rows go out
 * through {@link io.drawbar.spi.Exporter}: the engine gets a graph and makes a native dataset of
 * the frames that it emits, which a {@link io.drawbar.spi.FrameReader} turns into rows in the
 * engine's own tasks.
 *
 * <p>Room is left for streams: a {@link io.drawbar.spi.StageTask} can grow watermarks, timers and
 * snapshots of a hash range as further calls, because state is owned by hash range.
 */
package io.drawbar.spi;
