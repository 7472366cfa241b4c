/** Runs pipelines on Apache Spark. */
package io.drawbar.engine.spark;
