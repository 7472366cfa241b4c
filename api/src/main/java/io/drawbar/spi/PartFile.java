package io.drawbar.spi;

import java.io.OutputStream;

/**
 * A part under its temporary name.
 *
 * @param name its name once committed
 * @param path where it is until then
 * @param stream takes its bytes
 */
public record PartFile(String name, String path, OutputStream stream) {}
