/**
 * Pipelines on Hadoop MapReduce: {@code drawbar.engine = mapreduce}.
 *
 * <h2>How a graph becomes jobs</h2>
 *
 * <p>One job for each exchange, run one after the other by {@code GraphRun}. {@code JobPlan} says
 * what is in a job: its map tasks run the stages that read leaves and, side by side with them,
 * forward the files of frames that earlier jobs left; its reduce tasks run the stage that those
 * frames are for, one task a receiver. The key of a map output is the receiver, its value the
 * frame, so Hadoop's sort and shuffle move a handful of large records. A graph of one stage is a
 * job without reduce tasks. {@code StageAttempt} is all there is inside a task.
 *
 * <p>Nothing is shared in memory, so that tasks may run anywhere. Programs travel as files of the
 * run's {@code WorkFolder}, splits in Hadoop's own split file ({@code TaskSplit}), frames of last
 * tasks as {@code FrameFiles}, which the next job or the driver reads; failures leave a file, too.
 * The folder is made under {@code drawbar.mapreduce.scratch.folder}, for the user's eyes only, and
 * is removed at the end of the run, good or bad. (A JVM that is killed leaves it: {@code drawbar-}
 * and a UUID.) Frames that are to be reduced are merged by the driver as it reads them, one at a
 * time.
 *
 * <p>Which attempt counts is Hadoop's decision: the shuffle takes one of each map task, and {@code
 * FileOutputCommitter} publishes one of each last task. It is held at its version 1, because
 * version 2, Hadoop's default, publishes file by file while a task commits, and a second attempt
 * then adds its own.
 *
 * <h2>What a training costs</h2>
 *
 * <p>Nothing stays between jobs: their JVMs end with them, and this engine does not {@code hold}.
 * So rows that are gone over again and again are computed once and put down as a cache of the
 * session's, with the columns that are asked for; one job goes over it to find out which rows they
 * are; and each superstep is a run of one job that reads it again. Its map tasks fold, the driver
 * merges their frames, and the state travels with the code, as a file. So a superstep costs what a
 * job costs, 0.1 to 0.3 seconds on the local runner and 10 to 30 on a YARN cluster, and the reading
 * of the cache. Rows read from no more than {@code drawbar.gather.bytes} come to the driver by one
 * job and are trained on there without another, to the same bits: here that setting is worth a
 * thought.
 *
 * <p>On a cluster both the cache and the run's folder have to be where all tasks and the driver see
 * them: {@code drawbar.scratch.folder} and {@code drawbar.mapreduce.scratch.folder}.
 *
 * <h2>Which Hadoop</h2>
 *
 * <p>That of the class path: {@code *-site.xml} files found there are read, {@code
 * drawbar.mapreduce.conf.*} is stronger. Without them {@code mapreduce.framework.name} is {@code
 * local} and jobs run in this process. On a cluster the engine asks for its size at the start,
 * which shows whether it answers, and ships {@code drawbar.mapreduce.jar}. A stage can tell of its
 * progress only between splits, so {@code mapreduce.task.timeout} is 0 unless given.
 *
 * <p>The jars are the shaded client, {@code hadoop-client-api} and {@code hadoop-client-runtime}:
 * Hadoop's old guava, Jackson and protobuf are relocated there. Only {@code org.apache.hadoop}
 * types are used, so that the same byte code runs on a cluster's unshaded jars: {@code YarnTest}
 * has it run there, on a resource manager, a node manager and a JVM for each task, some of which
 * are killed, with trainings in supersteps and checkpoints taken up elsewhere. It takes minutes and
 * is asked for:
 *
 * <pre>{@code
 * mvn -Pyarn -pl api,engine-mapreduce test -Dtest=YarnTest -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 *
 * <h2>In a program that has its own Hadoop</h2>
 *
 * <p>{@link io.drawbar.engine.mapreduce.MapReduceDrawbar} attaches a session to a {@code
 * Configuration}: what it or a {@code *-site.xml} file says is left as it is, the settings below
 * are made only where neither does.
 *
 * <p>It also reads any {@code mapreduce.InputFormat}, on every engine: the format cuts the input
 * into its own splits on the driver, which travel in Hadoop's own serialised form, as does the
 * configuration, and a split is a leaf. A mapping may give values as Java has them, an {@code
 * Integer} for a {@code LONG} say: {@link io.drawbar.spi.NativeRows} has the table. Nobody promises
 * that the splits are the same the next time, so the rows are declared unordered. Tokens for secure
 * file systems are those that the job gets: name other clusters in {@code
 * mapreduce.job.hdfs-servers}.
 *
 * <h2>The local runner</h2>
 *
 * <p>A job takes 0.1 to 0.3 seconds there, most of it Hadoop reading its configuration back from
 * XML four times over, instead of 5. What it takes ({@code Hadoop.forThisProcess}):
 *
 * <ul>
 *   <li>A local file system of our own. The stock one forks a {@code chmod} or {@code ls} for each
 *       permission, some fifty a job. It is not put into Hadoop's cache of file systems, which
 *       others in this JVM share, and reports {@code HADOOP_USER_NAME} as owner of the user's
 *       files, because submission insists on that.
 *   <li>Looking whether the job has ended each millisecond; {@code Job.waitForCompletion} looks
 *       each 5 seconds.
 *   <li>A sort buffer sized by the input of the largest map task: 1 MiB for a small job, up to 256
 *       MiB. It is allocated at once by each map task. Frames larger than it are spilled one by one
 *       by Hadoop.
 *   <li>As many tasks at a time as {@code drawbar.parallelism}; the default is one.
 *   <li>Memory for the shuffle divided by that number, since each reduce task believes that the
 *       heap is its own, and frames left in memory for the reduce task instead of flushed to disk.
 * </ul>
 *
 * <p>What costs a day to find out:
 *
 * <ul>
 *   <li>It does <em>not</em> retry: a task that fails fails the run. It would even run all other
 *       tasks before it says so; the engine looks for failures each tenth of a second and kills the
 *       job.
 *   <li>It tells the cause of a failure to nobody but its log; hence the files of failures.
 *       Failures outside of a stage, a full disk in a spill, say, are in that log only.
 *   <li>It says that a job is over while its threads are still deleting files or, after a kill, are
 *       still running tasks, which make a deleted folder again; hence {@code LocalThreads}. Its
 *       task threads are not daemons. A task that ignores interruptions is noticed where it takes
 *       or sends a frame or begins a split; a longer one holds up the end of the run for ten
 *       seconds.
 *   <li>Each submission leaves a folder in {@code mapreduce.jobtracker.staging.root.dir}, which is
 *       {@code /tmp/hadoop/mapred/staging} and does not follow {@code hadoop.tmp.dir}; here both
 *       are in the working folder.
 *   <li>Splits are sorted by length at submission: Hadoop's task numbers are not ours.
 *   <li>Each job leaves three metrics beans in the JVM for good, about 10 KB. That is Hadoop's.
 * </ul>
 *
 * <h2>Memory and progress</h2>
 *
 * <p>A task is told that it may hold half of its JVM's heap, on the local runner divided by the
 * number of tasks that run at once; the other half is for Hadoop's sort buffer and shuffle. Runs
 * that go on side by side in one process do not know of each other. What tasks count at their end
 * is read each second, locally each tenth of one ({@code JobProgress}).
 *
 * <h2>Counters</h2>
 *
 * <p>{@code exchange.<stage>.bytes} is {@code REDUCE_SHUFFLE_BYTES} of the job whose reduce tasks
 * run that stage. Besides, all of Hadoop's task and job counters by their own names, summed over
 * the {@code jobs}; the local runner keeps no job counters. A job that Hadoop's history has nothing
 * of counts as one, and that is all.
 */
package io.drawbar.engine.mapreduce;
