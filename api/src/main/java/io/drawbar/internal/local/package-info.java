/**
 * The embedded engine: the threads of this process, frames in memory. It is found by {@link
 * java.util.ServiceLoader} like any other engine, is imported by nobody, and has no privileges:
 * what it runs is the same stage graph.
 */
package io.drawbar.internal.local;
