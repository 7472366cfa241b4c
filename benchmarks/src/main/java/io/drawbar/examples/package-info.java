/**
 * Programs to read and run: what the README shows, and what the benchmarks time. None of them knows
 * which engine it runs on.
 */
package io.drawbar.examples;
