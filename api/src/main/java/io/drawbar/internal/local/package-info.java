/**
 * The embedded engine: the threads of this process, frames in memory. It is found by {@link
 * java.util.ServiceLoader} like any other engine, is imported by nobody, and has no privileges:
 * what it runs is the same stage graph. Each task is told that it may hold half of the heap,
 * divided by the number of threads.
 */
package io.drawbar.internal.local;
