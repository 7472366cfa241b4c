package io.drawbar.spi;

/**
 * A part that a task has finished writing.
 *
 * @param name its name once committed
 * @param path where it is until then
 * @param rows the rows in it
 */
public record PartReceipt(String name, String path, long rows) {}
