/**
 * Files of HDFS, S3 and all else that Hadoop has a file system for; an optional part, which needs
 * Hadoop's client on the class path.
 *
 * <pre>{@code
 * session.read(Csv.of(Customer.class).at("hdfs://namenode/in/customers"))
 * session.read(Json.of(Event.class).at("s3a://bucket/events/2024-*.json.gz"))
 * dataset.write(Csv.to("hdfs://namenode/out/customers"))
 * }</pre>
 *
 * <p>A path whose scheme is not {@code file} comes here through {@link
 * io.drawbar.spi.FileSystemFactory}, on every engine alike. That takes {@code
 * org.apache.hadoop:hadoop-client-api} and {@code hadoop-client-runtime}, 3.3 or newer, which the
 * engines for Spark and MapReduce bring; {@code s3a://} takes {@code hadoop-aws} of the same
 * version as well.
 *
 * <h2>Settings</h2>
 *
 * <p>{@code core-site.xml} and {@code hdfs-site.xml} on the class path of the driver, and,
 * stronger, keys of Drawbar's configuration with {@code drawbar.hadoop.} before Hadoop's names:
 *
 * <pre>
 * drawbar.hadoop.fs.s3a.endpoint = https://s3.example.org
 * drawbar.hadoop.fs.s3a.path.style.access = true
 * </pre>
 *
 * <p>An engine that has a Hadoop configuration of its own (Spark's {@code hadoopConfiguration},
 * that of MapReduce) puts it below these, so that a program that is attached to one says nothing
 * twice.
 *
 * <p>What is not a default of Hadoop's goes along to the tasks, so these need no site files. That
 * means that secrets among the settings are in the descriptions of tasks, which engines send over
 * their own connections; they are never printed, and not part of any path: {@code
 * s3a://key:secret@bucket} is refused. Better are credentials that do not travel: instance
 * profiles, Kerberos, or environment variables of the machines.
 *
 * <h2>Output on object stores</h2>
 *
 * <p>HDFS renames a folder in one step, and output there is what it is on a disk. On S3 and other
 * stores a rename copies file after file. There a new folder of parts can be written, and neither a
 * single file nor over or beside what is there. The commit claims the folder with a file that the
 * store lets only one run create ({@code If-None-Match}, from Hadoop 3.4.2 on; before, two runs
 * that commit at the same moment may both believe that they are first), has the store copy each
 * part once, and says with {@code _SUCCESS} that it is whole. Drawbar refuses to read a folder that
 * is claimed and not whole; other readers have to look for {@code _SUCCESS}. A driver that is
 * killed in its commit leaves such a folder, one that is killed before leaves a hidden one; both
 * are to be deleted by hand.
 *
 * <h2>Where files are kept</h2>
 *
 * <p>HDFS says on which machines the blocks of a file are. A split names those that have most of
 * its bytes, and Spark and MapReduce prefer them for its task. Flink does not: its tasks are
 * numbered, and take what has their number wherever they run. No result depends on it.
 */
package io.drawbar.io.hadoop;
