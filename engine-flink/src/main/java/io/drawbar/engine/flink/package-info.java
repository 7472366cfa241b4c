/**
 * Drawbar on Apache Flink 1.20, by the DataStream API, in batch mode but where rows are held.
 *
 * <h2>How a graph becomes a job</h2>
 *
 * <p>{@code FlinkEngine.run} makes a {@code FlinkRun}, which has {@code JobTranslator} make a Flink
 * job of the stage graph, hands that to the {@code Cluster}, waits, and reads what came out of it.
 *
 * <ul>
 *   <li>A task of ours is a subtask of Flink's, run by a {@code StageOperator}: so Flink's
 *       scheduling, its attempts and its pages tell of our tasks. There may be more of them than
 *       slots; the rest wait.
 *   <li>A stage that reads leaves is a {@code TaskSource}, which only says "start", with the
 *       operator chained to it. What a task has to read lies in a file of its own in the run's
 *       folder: splits may carry data, and what goes through Flink's RPC must stay below {@code
 *       pekko.framesize} (10 MB, dropped without a word), while what goes into the job itself is
 *       sent to each task, all of it.
 *   <li>An exchange is a {@code partitionCustom} by receiver on pairs of receiver and frame,
 *       several producers are a {@code union}. In batch mode it is a sorted, compressed file that
 *       the consumers read when all producers have ended, so no two stages need slots at the same
 *       time. A frame may have any size that an array may have.
 *   <li>The frames of each stage of the result go, chained, to a {@code ResultOperator}.
 *   <li>A reduction of eight tasks or more gets one more stage that merges the frames, eight to a
 *       task.
 * </ul>
 *
 * <h2>How results reach the driver</h2>
 *
 * <p>Each attempt of a task of the result writes its frames to a file in the run's folder ({@code
 * drawbar.flink.scratch.folder}) and leaves its name in an accumulator. Flink gives the
 * accumulators of the attempt that counted for each task and forgets those of others, which is
 * exactly once; that nothing is missing or doubled the frames say themselves, to the kernel. The
 * driver reads the files and removes the folder, whatever the outcome. The collect sink of {@code
 * executeAndCollect} was not taken: it sends results in RPC messages of bounded size and needs a
 * thread that asks for them all the time; accumulators alone are RPC messages, too.
 *
 * <p>How far a run has come, and the bytes of its exchanges, are read off the execution graph: five
 * times a second inside this process. A session cluster answers from a cache of three seconds, for
 * which a run that has just ended would have to wait: it is asked every ten.
 *
 * <h2>Rows that are held</h2>
 *
 * <p>{@code FlinkEngine.hold} starts one long job in streaming mode: a {@code HoldJob} on the
 * driver, a {@code HoldCoordinator} in Flink's job manager, and as many {@code HoldOperator}s, the
 * readers, as there are slots to spare. Each has one task of each stage, reads its splits and keeps
 * what the task holds. A superstep goes from the driver to the coordinator, from there to all
 * readers, and their frames the same way back: no job, no scheduling, about half a millisecond
 * where states are small.
 *
 * <ul>
 *   <li>The driver asks by {@code ClusterClient.sendCoordinationRequest}, which is a call inside
 *       this process and a REST request elsewhere; the answer comes when the last reader is done,
 *       or after a second, unanswered. On the way back through the dispatcher, classes of a job's
 *       jars are not known: answers are therefore those of Flink's own collect sink.
 *   <li>What a message carries is 4 MB at most, of all readers together; larger states and frames
 *       go by files in the run's folder. Through files everything was slower, and nothing else
 *       announces that the RPC has dropped a message. {@code StandaloneTest} ({@code -Pstandalone})
 *       sends states of 1 KB to 100 MB there and back, to task managers in JVMs of their own.
 *   <li>Messages may be lost, doubled or late: all have the number of the superstep, and saying
 *       them again does no harm. A reader that is behind is pinged each second; one that holds its
 *       rows and says nothing for {@code drawbar.flink.patience.seconds} ends the job.
 *   <li>The job has no exchange, so each reader is restarted alone; it reads its rows again and
 *       folds what the others have folded already. {@code drawbar.flink.attempts} is how often it
 *       may fail in one superstep. Starts that Flink itself fails at, on a machine that has just
 *       died, do not count.
 *   <li>A reader works on the thread of its task and looks for messages every two milliseconds
 *       between blocks: so a superstep can be given up and followed by another.
 *   <li>Readers keep their slots, and runs need some beside them. In this process they have a
 *       cluster of their own, whose slots cost nothing; with more slots in one cluster, more tasks
 *       than {@code drawbar.parallelism} would share the memory. A session cluster is asked for its
 *       free slots: one is left to runs, and if there are no others, supersteps are runs over a
 *       cache. Those of a job that has ended come back a moment later; for these it waits, up to a
 *       second. On YARN and Kubernetes more machines come as they are needed.
 *   <li>Flink cancels the job of a driver that it has not heard of for {@code
 *       client.heartbeat.timeout}, three minutes.
 * </ul>
 *
 * <h2>A program that has Flink already</h2>
 *
 * <p>{@link io.drawbar.engine.flink.FlinkDrawbar} attaches a session to a {@code
 * StreamExecutionEnvironment}. Its jobs are translated in an environment of their own, with the
 * program's options, serializers and cached files, and Flink is given what our operators need and
 * nothing else: the program's environment neither hears of them, nor do its sinks run, nor are they
 * forgotten, all of which {@code executeAsync} of that environment would do.
 *
 * <ul>
 *   <li>A remote environment's cluster is asked by its REST client ({@code SessionCluster}):
 *       standalone, on YARN or Kubernetes, as long as it is a session cluster. Jobs carry the jars
 *       that the environment names. An application mode, where the program runs in the job manager,
 *       is refused.
 *   <li>A local environment starts a cluster for each job and stops it afterwards, 1–2 s each time:
 *       trainers of many runs would do little else. So the session has one embedded cluster, set as
 *       the environment is but for addresses, and tuned as below. It is ours: closing the session
 *       stops it, and the program's own jobs, which still start theirs, never notice.
 *   <li>A DataStream feeds its stage directly: the {@code StageOperator} is chained to the
 *       program's last step and takes its elements into columns ({@link
 *       io.drawbar.spi.NativeRows}), some thousand rows at a time. So there is neither a serializer
 *       nor a shuffle between them, what the program does before runs in the same job, and the
 *       stage has as many tasks as the stream. All of it is a batch. Rows of a changelog that take
 *       others back are errors in the data: counted as rows they would be wrong ones.
 *   <li>A DataSet belongs to the other API, which cannot be part of such a job: its own job writes
 *       frames of rows to the scratch folder, once, and tasks read those.
 *   <li>The other way, {@code toDataStream} puts the stages into the program's environment: there
 *       the program decides on batch or streaming mode and on restarts, and the scratch files stay
 *       until the session is closed.
 * </ul>
 *
 * <h2>Memory</h2>
 *
 * <p>A task is told half of the heap of its task manager, or {@code
 * taskmanager.memory.task.heap.size} if that is less, divided by the slots. Inside this process the
 * heap is that of the JVM ({@code -Xmx}), and the other half is the program's.
 *
 * <h2>Retries</h2>
 *
 * <p>Each task is tried {@code drawbar.flink.attempts} times, as on Spark and Hadoop. Flink has no
 * such thing. Its restart strategies count the failures of a whole job, so theirs is set to what
 * all tasks together may have. Its attempt number is no help, because it also grows when a task is
 * restarted for another's sake: when one fails, its consumers are to be restarted, and with them
 * all their producers that have not finished yet. So {@code StageOperator} counts in the run's
 * folder, and throws {@code SuppressRestartsException} when a task may not be tried again. Work
 * that is lost by a failure is that of the tasks which run at that moment, never that of finished
 * ones.
 *
 * <h2>The process it runs in</h2>
 *
 * <p>The cluster starts with the first run (1–2 s) and serves all runs of the engine; runs at the
 * same time share its slots. All its files are in one folder below {@code java.io.tmpdir}, which
 * {@code close} removes. If a program ends without {@code close}, {@code ExitWatch} closes, since
 * Flink's actor threads would keep the JVM alive for ever; at {@code System.exit} or a signal a
 * shutdown hook does. Flink's classes, the stages' and the user's have to be visible to one class
 * loader: the cluster looks for them where Flink itself was loaded from.
 *
 * <h2>Facts that cost a day</h2>
 *
 * <ul>
 *   <li>Flink halts the JVM ({@code Runtime.halt}) when an {@code InternalError} comes out of a
 *       task; so nothing comes out of {@code StageOperator} but exceptions.
 *   <li>Its REST and blob servers always start and listen on all interfaces unless {@code
 *       rest.bind-address} and {@code jobmanager.bind-host} say otherwise. A blob server on the
 *       loopback interface is not found by Flink's own client, which asks for the host's name:
 *       {@code blob.offload.minsize} keeps everything away from it.
 *   <li>{@code slot.request.timeout} fails a job that waits five minutes for the slots of another;
 *       a value beyond 248 days kills the resource manager.
 *   <li>Two waits of 50 ms in the slot manager were more than half of a small run.
 *   <li>The adaptive batch scheduler, the default for batch jobs, buys nothing when parallelism is
 *       given, and warns in each run.
 *   <li>The embedded cluster keeps the execution graph of every job it ever ran.
 *   <li>{@code AbstractStreamOperator} starts a new chain unless told otherwise, which in batch
 *       mode is a file between two operators.
 *   <li>A Kryo serializer, even one that is never used, asks for {@code --add-opens} on Java 17;
 *       {@code pipeline.generic-types = false} proves that there is none.
 *   <li>{@code numBytesOut} of an exchange is in the archived execution graph, each attempt that
 *       counted once; no metric reporter is needed.
 * </ul>
 */
package io.drawbar.engine.flink;
