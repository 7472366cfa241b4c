package io.drawbar;

/** What a {@link Pipeline} is made of: a {@link Transform}, or a {@link Trainer} of one. */
public sealed interface PipelineStage permits Transform, Trainer {}
