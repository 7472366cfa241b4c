package io.drawbar.engine.mapreduce;

import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.mapreduce.Job;

/**
 * One of the jobs that a graph becomes. Its map tasks run the stages that read leaves and forward
 * what the stages of earlier jobs left; its reduce tasks run the stage that all those frames are
 * for.
 *
 * @param leaves stages that read leaves
 * @param earlier stages of earlier jobs
 * @param last the stage whose frames are left behind: run by the reduce tasks, or, where it reads
 *     leaves itself, by the map tasks
 * @param receivers the number of reduce tasks
 */
record JobPlan(List<Stage> leaves, List<Stage> earlier, Stage last, int receivers) {

  /** The jobs of a graph, one for each exchange, in an order in which they can run. */
  static List<JobPlan> of(StageGraph graph, int parallelism) {
    List<JobPlan> plans = new ArrayList<>();
    for (Stage stage : graph.stages()) {
      if (stage.input() instanceof ExchangeInput exchange) {
        List<Stage> leaves = new ArrayList<>();
        List<Stage> earlier = new ArrayList<>();
        for (int from : exchange.from()) {
          Stage producer = graph.stages().get(from);
          (producer.input() instanceof LeafInput ? leaves : earlier).add(producer);
        }
        plans.add(new JobPlan(leaves, earlier, stage, exchange.receivers(parallelism)));
      }
    }
    for (Stage result : graph.results()) {
      if (result.input() instanceof LeafInput) {
        plans.add(new JobPlan(List.of(result), List.of(), result, 0));
      }
    }
    return plans;
  }

  /** The map tasks; sources are asked for their splits here. */
  List<TaskSplit> splits(WorkFolder folder, int desired) throws IOException {
    List<TaskSplit> splits = new ArrayList<>();
    for (Stage stage : leaves) {
      List<List<Split>> tasks = ((LeafInput) stage.input()).tasks(desired);
      splits.addAll(TaskSplit.ofTasks(stage.id(), tasks));
    }
    for (Stage stage : earlier) {
      FrameFiles.in(folder.files(), folder.frames(stage.id())).stream()
          .map(TaskSplit::ofFrames)
          .forEach(splits::add);
    }
    return splits;
  }

  /** Says what the tasks are. */
  void describeTo(Job job) {
    job.setInputFormatClass(TaskSplit.Input.class);
    job.setMapperClass(StageAttempt.Map.class);
    job.setMapOutputKeyClass(IntWritable.class);
    job.setMapOutputValueClass(Frame.class);
    job.setPartitionerClass(StageAttempt.ToReceiver.class);
    job.setReducerClass(StageAttempt.Reduce.class);
    job.setNumReduceTasks(receivers);
    job.setOutputFormatClass(FrameFiles.class);
    job.getConfiguration().setInt(StageAttempt.REDUCE_STAGE, last.id());
  }
}
