package io.drawbar;

/** What a {@link Trainer} returns: a transform that adds predictions. */
public interface Model extends Transform {}
