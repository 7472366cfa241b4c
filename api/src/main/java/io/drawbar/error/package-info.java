/**
 * Errors, and the words they are told in.
 *
 * <p>An error is read by somebody who is stuck, so every message has four parts: <em>what</em> went
 * wrong, <em>where</em>, the <em>value</em> that was found, and the <em>way out</em>. All errors
 * that the library raises itself extend {@link io.drawbar.error.DrawbarException}, so that a
 * program can tell them from its own with one {@code catch}. {@link io.drawbar.error.NearestName}
 * supplies the usual way out when a name is unknown:
 *
 * <pre>{@code
 * throw new DrawbarException(
 *     "no column named '" + name + "'; there are: " + known + "."
 *         + NearestName.suggestion(name, known));
 * }</pre>
 *
 * <p><em>Where</em> is, for what a program has described wrongly, the call as it is written there:
 * {@code where(prize > 3): no column 'prize'; ...}. Who checks does not know it; who was called
 * says it once, by {@link io.drawbar.error.DrawbarException#in}.
 *
 * <p>The package stands below everything else and imports only the JDK: what is at the bottom must
 * be able to complain, too. A suggestion does not depend on hash order, because messages are
 * compared in tests and logs of different engines.
 */
package io.drawbar.error;
