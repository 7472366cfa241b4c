/**
 * Runs pipelines on Apache Spark 4.1: {@code drawbar.engine = spark}. {@link
 * io.drawbar.engine.spark.SparkKeys} lists what can be set.
 *
 * <h2>How a graph becomes a job</h2>
 *
 * <p>A graph is one Spark job, so Spark's page shows what {@code explain()} shows. {@code
 * Translation} makes, for each stage, an RDD with one partition a task: a {@code LeafRdd} of
 * splits, or an {@code Exchange} of the frames of the stages that feed it (a union if there are
 * several, then a shuffle whose key is the receiver), and over it a {@code SparkStageTask}, which
 * opens the program and feeds it when Spark asks for frames. A program pushes and Spark pulls;
 * between them is a {@code FrameQueue}, which holds what one split gives, in memory up to 32 MiB
 * and then in a file. {@code Collect} and {@code Commit} are Spark's {@code collect}; {@code
 * Reduce} merges in each task, and with more than 32 tasks in a tree. {@code JobWatch} hears from
 * Spark what an exchange has cost and where a job failed.
 *
 * <p>RDDs, not DataFrames: a frame is one opaque array, so a DataFrame would only add a row and its
 * encoders around it. Measured warm on two busy cores: a graph of one stage 16 to 17 ms, a bare
 * {@code parallelize(..).map(..).collect()} 11 to 15; with an exchange 29 to 32, a bare {@code
 * reduceByKey} 20 to 34.
 *
 * <h2>Rows that stay</h2>
 *
 * <p>For a training ({@code Engine.hold}) the same RDDs of splits go into a {@code HeldRdd}: each
 * task reads its splits and is the one element of its partition, with its blocks decoded. It is
 * persisted in memory, so Spark runs a superstep's tasks where the blocks are and has a partition
 * that was lost read again from its splits. A superstep is a job of one stage over it ({@code
 * FoldRdd}), without lambdas, which Spark would take apart: a third of a small job's CPU. Code goes
 * as bytes that are decoded where it is run: what reads the splits, not before a partition is lost.
 * Bytes beyond 64 KB (a state, a program with a table in it) are a broadcast of their own,
 * destroyed afterwards. Frames are collected; only with more than 32 tasks and more than 64 MB of
 * them does Spark merge them in a tree, which is a shuffle.
 *
 * <p>Partitions get three quarters of what the tasks of an executor have together; beyond that,
 * blocks are in a file that has lost its name. Spark counts what is in memory by what blocks say
 * ({@code KnownSizeEstimation}), instead of going through the objects. An RDD of rows is never
 * serialised: an executor that fetches a partition from another gets an empty one and reads the
 * splits itself. Spark closes what leaves its memory if it is {@code AutoCloseable}, so that {@code
 * unpersist}, and an eviction, close the files of all executors. {@code StandaloneTest} ({@code
 * -Pstandalone}) trains on executors in JVMs of their own, which are killed meanwhile.
 *
 * <h2>In a program that has its own Spark</h2>
 *
 * <p>{@link io.drawbar.engine.spark.SparkDrawbar} attaches to it. Spark is then as the program made
 * it: of what follows under settings nothing is changed, and closing the session stops nothing.
 *
 * <p>A DataFrame is read where its partitions are: {@code Translation} puts the stage's tasks over
 * its RDD of internal rows, whose values {@code SparkColumn} puts into {@link
 * io.drawbar.spi.NativeRows} without an object a value. Partitions depend on how the DataFrame came
 * about, so its source is declared unordered. What is wrong with a row (a vector of another size,
 * text that is not UTF-8) travels in the split and is raised inside the stage, as for a file. The
 * other way, {@code ResultRdd} translates a graph when Spark first asks for its partitions, and
 * {@code ExportWatch} notices jobs of the program that use it: what tasks report comes with Spark's
 * events of their ends ({@code TaskReports}), since nothing of such a job passes through here; a
 * bad row is then Spark's exception with Drawbar's as its cause, after Spark's own retries. Only
 * the shuffles of our own exchanges are cleaned up after a run.
 *
 * <h2>Why these settings</h2>
 *
 * <ul>
 *   <li>A local master becomes {@code local[N,4]}, because {@code local[N]} never tries a task
 *       again; N is {@code drawbar.parallelism} or all cores. Driver and block transfer then listen
 *       on 127.0.0.1 only.
 *   <li>{@code spark.executor.killOnFatalError.depth = 0} with a local master: otherwise an {@code
 *       OutOfMemoryError} in a task makes Spark call {@code System.exit(52)} in the user's program.
 *   <li>Frames do not go through {@code spark.serializer} but through {@code FrameSerializer}.
 *       Java's keeps the last hundred objects of each of a shuffle's streams alive, which with
 *       frames is gigabytes; told to forget them, it took 20 s of CPU for 512 MB in frames of 1 KB,
 *       uncompressed, against 2.4 s.
 *   <li>{@code spark.shuffle.compress = false} with a local master: for 512 MB of numbers in frames
 *       of 64 KB the exchange takes 2 s of CPU instead of 4.2. On a cluster Spark's default (LZ4)
 *       stays.
 *   <li>The web interface is off. All of this gives way to {@code drawbar.spark.conf.*}.
 * </ul>
 *
 * <h2>Memory</h2>
 *
 * <p>A task is told that it may hold its share of what Spark divides among tasks: of the executor's
 * heap less 300 MiB the part {@code spark.memory.fraction} (0.6), at most half of the heap, by the
 * number of tasks that run at once ({@code TaskMemory}). Spark's own accounting does not know of
 * it: a program that also keeps large caches in the same executors should lower the fraction or
 * give them more heap.
 *
 * <h2>Facts that cost a day</h2>
 *
 * <ul>
 *   <li>A JVM has one Spark context. {@code SharedContext} lets engines with the same settings
 *       share it, stops it with the last of them and refuses one that it did not make.
 *   <li>Without {@code --add-opens} Spark fails late and obscurely; {@code Preflight} compares the
 *       JVM with what Spark's own launcher would pass ({@code JavaModuleOptions}) and prints what
 *       is missing. A standalone master that does not answer would be tried for a minute; it is
 *       called once before.
 *   <li>Listeners hear of a job on another thread, but Spark posts its end before it hands over the
 *       result. So waiting for that event makes the counters complete.
 *   <li>An interrupted {@code collect} leaves its job running: it is cancelled by its tag. Tags,
 *       unlike the job group, are not taken from the program; interrupts are needed for a task that
 *       waits.
 *   <li>Files of a shuffle stay until the garbage collector finds the RDD; {@code
 *       cleanShuffleDependencies} deletes them. Done asynchronously, it prints stack traces when
 *       the context stops meanwhile.
 *   <li>{@code makeRDD} with preferred hosts ships partitions with {@code spark.serializer}; an RDD
 *       of our own ships them with the task, always in Java's serialisation.
 *   <li>Executors of a cluster need the program's jars: {@code spark-submit}, or {@code
 *       drawbar.spark.conf.spark.jars}. Results over 1 GiB need {@code spark.driver.maxResultSize}.
 * </ul>
 */
package io.drawbar.engine.spark;
