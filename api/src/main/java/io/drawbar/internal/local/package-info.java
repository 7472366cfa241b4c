/**
 * The embedded engine: the threads of this process. It is found by {@link java.util.ServiceLoader}
 * like any other engine, is imported by nobody, and has no privileges: what it runs is the same
 * stage graph.
 *
 * <p>Of the memory of a session, by default half of the heap, three quarters are for tasks, divided
 * by the number of threads, and a quarter is for frames between two stages ({@code FrameBoxes}):
 * beyond it they wait in a file, which the run's counter {@code exchange.<stage>.bytesSpilled}
 * tells of. Frames for the program stay in memory, where it wants them, and are an error beyond all
 * of it.
 *
 * <p>What reads leaves has a task for each thread, and these take splits from one queue in the
 * order of the data: what a task gathers, such as the groups of an aggregation, it gathers once for
 * all of its splits, and no thread waits for another's long range. Whose a split is decides no
 * result, as on any engine.
 *
 * <h2>Rows that stay</h2>
 *
 * <p>What reads rows to be held has four tasks a thread, of ranges that are fixed, since each task
 * keeps what it has read: they are what memory is divided by. Together they may hold a quarter of
 * the heap, decoded; blocks beyond that are in a file a task. A superstep is no run: {@link
 * io.drawbar.spi.BlockThreads} of their own share the blocks, whoever is free takes the next, and
 * the thread that asks is one of them. They are there from the first superstep until the rows are
 * closed, or the engine is, which remembers what it holds. Closing breaks off a superstep after the
 * blocks that its workers are at.
 */
package io.drawbar.internal.local;
