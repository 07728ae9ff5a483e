#include "harness/promise_reference.h"

#include "harness/explain/witness_run.h"
#include "harness/promises.h"

namespace tillstorm {

std::string promise_reference_markdown() {
  std::string text =
      "# Promises\n\n"
      "What must hold in every run, whatever is scheduled, delayed, lost or broken. Each promise is checked while the "
      "run goes on, by code of its own that reads both worlds: what is true and what the books say. A broken one is a "
      "violation; the run goes on, and its result says how often which promise was broken.\n\n"
      "Generated from `cpp/harness/invariants/`; [how to add one](add-a-promise.md), [how to read a "
      "violation](guide/explaining.md).\n\n"
      "| promise | in words |\n|---|---|\n";
  const std::vector<PromiseText> promises = Promises::texts();
  const auto add = [&](const auto&... parts) { ((text += parts), ...); };
  for (const PromiseText& promise : promises)
    add("| [`", promise.name, "`](#", promise.name, ") | ", promise.meaning, " |\n");
  for (const PromiseText& promise : promises) {
    add("\n## ", promise.name, "\n\n", promise.meaning, "\n\n> ", promise.equation, "\n\n");
    add("- Check points: ", promise.check_points, ".\n");
    if (!promise.in_trace_mode) add("- Not judged when a log is replayed: its prices and tax are facts.\n");
    add("- Guards the rules ", promise.guards, ".\n");
  }
  add("\n## How many are kept\n\nOf each promise the first ", std::to_string(kViolationsKept),
      " violations are kept whole, and all are counted. ", std::to_string(kWitnesses),
      " of a run, the first one of each promise before others, have a witness: the run is made again up to there, "
      "following what they are about. A run of more than ",
      std::to_string(kLongestWitnessRun / 1'000'000), " million events is not made again; its violations say so.\n");
  return text;
}

}  // namespace tillstorm
