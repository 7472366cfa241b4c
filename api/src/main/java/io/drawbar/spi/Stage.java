package io.drawbar.spi;

import java.io.Serializable;

/**
 * Work that runs without waiting for other tasks: many tasks, each with a share of the input, all
 * running the same program.
 *
 * @param id its position in the graph
 * @param name what it does in a few words
 * @param input what its tasks are fed with
 * @param program what they do with it
 */
public record Stage(int id, String name, StageInput input, StageProgram program)
    implements Serializable {}
