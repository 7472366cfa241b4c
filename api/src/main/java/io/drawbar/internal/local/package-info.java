/**
 * The embedded engine: the threads of this process, frames in memory. It is found by {@link
 * java.util.ServiceLoader} like any other engine, is imported by nobody, and has no privileges:
 * what it runs is the same stage graph. Each task is told that it may hold half of the heap,
 * divided by the number of threads.
 *
 * <p>What reads leaves has a task for each thread, and these take splits from one queue in the
 * order of the data: what a task gathers, such as the groups of an aggregation, it gathers once for
 * all of its splits, and no thread waits for another's long range. Whose a split is decides no
 * result, as on any engine.
 */
package io.drawbar.internal.local;
