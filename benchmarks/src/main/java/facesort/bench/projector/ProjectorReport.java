package facesort.bench.projector;

import facesort.bench.measure.Figure;
import facesort.bench.projector.ProjectorRun.Floors;
import facesort.bench.projector.ProjectorRun.Restarts;
import facesort.bench.projector.ProjectorRun.Result;
import facesort.bench.projector.ProjectorRun.Speeds;
import facesort.bench.projector.QueryLoad.Answers;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a run, as a table and as keys. */
record ProjectorReport(Result result, boolean quick) {
  private static final double GOAL_EMPTY = 0.6;
  private static final double GOAL_RESTART = 5;
  private static final double GOAL_QUERY = 10;

  void print(Output output) {
    Map<String, Figure> goals = goals();
    Map<String, Object> all = keys();
    Table table = Table.of("FIGURE", "VALUE", "GOAL", "MET");
    all.forEach((name, value) -> {
      Figure goal = goals.get(name);
      if (value instanceof Double measured) {
        table.row(
            name,
            number(measured),
            goal == null ? "" : (goal.atLeast() ? ">= " : "<= ") + number(goal.goal()),
            goal == null ? "" : goal.met() ? output.good("yes") : output.bad("no"));
      }
    });
    output.say(table);
    all.put("figures", goals);
    output.result(all);
  }

  private Map<String, Object> keys() {
    Floors floors = result.floors();
    Speeds speeds = result.speeds();
    Restarts restarts = result.restarts();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("quick", quick);
    all.put("tasks", result.corpus().tasks());
    all.put("jobs", result.corpus().jobs());
    all.put("events", result.events());
    all.put("events_per_s", speeds.without().perSecond());
    all.put("events_per_s_with_postgres", speeds.with().perSecond());
    all.put("rows_events_per_s", speeds.rows());
    all.put("raw_events_per_s", floors.raw());
    all.put("memory_fold_events_per_s", floors.memory());
    all.put("empty_topology_events_per_s", floors.empty());
    all.put("ratio_to_raw", speeds.without().perSecond() / floors.raw());
    all.put("ratio_to_empty_topology", ratioToEmpty());
    all.put("restart_sigterm_s", restarts.sigterm());
    all.put("restart_sigkill_s", restarts.sigkill());
    all.put("restore_s", restarts.restore());
    all.put("query_p99_ms", speeds.warm().p99Ms());
    put(all, "query_catch_up", speeds.without().queries());
    put(all, "query_with_postgres", speeds.with().queries());
    put(all, "query_warm", speeds.warm());
    all.put("rss_mib", result.peakMebibytes());
    all.put("rss_idle_mib", result.idleMebibytes());
    return all;
  }

  private static void put(Map<String, Object> all, String name, Answers answers) {
    all.put(name + "_p50_ms", answers.p50Ms());
    all.put(name + "_p99_ms", answers.p99Ms());
    all.put(name + "_answered_share", answers.answered() / (double) Math.max(answers.asked(), 1));
  }

  private double ratioToEmpty() {
    return result.speeds().without().perSecond() / result.floors().empty();
  }

  private Map<String, Figure> goals() {
    Map<String, Figure> goals = new LinkedHashMap<>();
    goals.put(
        "ratio_to_empty_topology",
        Figure.atLeast(
            GOAL_EMPTY,
            "events a second without PostgreSQL, over those of a topology of the same shape and"
                + " settings that decodes and folds nothing",
            List.of(ratioToEmpty())));
    String restart =
        "from the start of the process after %s in mid-job until it is ready and has brought the"
            + " job to its right end, seconds";
    goals.put(
        "restart_sigterm_s",
        Figure.atMost(
            GOAL_RESTART, restart.formatted("SIGTERM"), List.of(result.restarts().sigterm())));
    goals.put(
        "restart_sigkill_s",
        Figure.atMost(
            GOAL_RESTART, restart.formatted("SIGKILL"), List.of(result.restarts().sigkill())));
    goals.put(
        "query_p99_ms",
        Figure.atMost(
            GOAL_QUERY,
            "GET /v1/jobs/{id}, 100 a second at fixed times, nothing else to do",
            List.of(result.speeds().warm().p99Ms())));
    return goals;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }
}
