package io.drawbar.spi;

/**
 * What an engine can do.
 *
 * @param engine its name in configuration
 * @param parallelism how many tasks it runs at a time, about; at least 1
 */
public record Capabilities(String engine, int parallelism) {}
