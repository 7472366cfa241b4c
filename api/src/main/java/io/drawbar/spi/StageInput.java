package io.drawbar.spi;

import java.io.Serializable;

/** What feeds the tasks of a stage. */
public sealed interface StageInput extends Serializable permits LeafInput, ExchangeInput {}
