/**
 * Configuration: typed keys over layers of plain strings.
 *
 * <p>A value may be given in five places; the first that has it wins:
 *
 * <ol>
 *   <li>explicitly, {@code Config.of("drawbar.engine", "spark")};
 *   <li>as a system property, {@code -Ddrawbar.engine=spark};
 *   <li>as an environment variable, {@code DRAWBAR_ENGINE=spark};
 *   <li>in {@code drawbar.properties} (UTF-8) of the working directory or, if there is none, at the
 *       root of the class path;
 *   <li>as the default of its {@link io.drawbar.config.ConfigKey}.
 * </ol>
 *
 * <p>A name of an environment variable stands for all keys that become it when written in capitals
 * with {@code _} for each dot and hyphen. Free names behind a prefix ({@code
 * drawbar.spark.conf.spark.executor.memory}) can be given this way only when they are in lower case
 * and dotted; where case matters, use one of the other places.
 *
 * <p>A key is declared once, as a constant with a type, a default, limits and one sentence:
 *
 * <pre>{@code
 * static final ConfigKey<Integer> PARALLELISM =
 *     ConfigKey.integer("drawbar.parallelism", 0, 0, 65_536, "How many tasks run at once.");
 *
 * int parallelism = Config.load().value(PARALLELISM);
 * }</pre>
 *
 * <p>Strictness is the point. A misspelt key that is silently ignored costs an afternoon, so {@link
 * io.drawbar.config.Config#check} takes all keys that the engines found declare and refuses any
 * other, with the place it came from and the nearest known name; a value that does not fit is
 * refused with what would. {@link io.drawbar.config.Config#origin} answers "where does this value
 * come from". Values of keys that sound secret are never printed.
 *
 * <p>There is no configuration framework here because there is no need that outweighs one more
 * dependency on every cluster's class path.
 */
package io.drawbar.config;
