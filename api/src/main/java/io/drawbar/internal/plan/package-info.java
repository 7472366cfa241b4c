/**
 * The logical plan: what a dataset means, as sealed immutable records.
 *
 * <p>A step checks itself when it is made: names and types are bound against the schema of its
 * input, so that a wrong name fails at the user's line. Steps know nothing of stages, engines or
 * kernels; the planner rewrites them into steps of the same kinds and then cuts them into stages.
 */
package io.drawbar.internal.plan;
