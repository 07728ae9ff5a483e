#pragma once
// `record`: what is written during a run, beside the counters that are always on.
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"

namespace tillstorm {

struct Recording {
  std::vector<std::string> tables;
  Duration warm_up{};
  bool on_disk = false;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Recording::tables, Field("tables",
                                    "Drill-down tables to write, by name (`tillstorm schema --tables` lists them); day "
                                    "summaries are always there."));
    visit(&Recording::warm_up,
          Field("warm_up", "Queue statistics and latencies are counted from this long after the start."));
    visit(&Recording::on_disk,
          Field("on_disk", "Keep drill-down columns in unlinked temporary files instead of memory."));
  }
};

}  // namespace tillstorm
