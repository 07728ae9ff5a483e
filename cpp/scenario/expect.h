#pragma once
// `expect`: what must be true of a finished run. Each promise and each expectation passes or fails by name.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"
#include "scenario/named.h"

namespace tillstorm {

struct KpiBound {
  std::optional<double> min;
  std::optional<double> max;
  std::optional<double> equal;
  std::optional<double> within;
  std::optional<double> within_percent;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&KpiBound::min, Field("min", "Least value that passes, in the KPI's unit."));
    visit(&KpiBound::max, Field("max", "Greatest value that passes, in the KPI's unit."));
    visit(&KpiBound::equal, Field("equal", "The value itself; exactly, unless `within` or `within_percent` is given."));
    visit(&KpiBound::within, Field("within", "How far from `equal` still passes, in the KPI's unit.").range(0, 1e300));
    visit(&KpiBound::within_percent,
          Field("within_percent", "How far from `equal` still passes, as a share of it.").in("%").range(0, 1e6));
  }
};

struct ExceptionBound {
  std::optional<std::int64_t> min;
  std::optional<std::int64_t> max;
  std::string role;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&ExceptionBound::min, Field("min", "Least number that passes.").range(0, 1e15));
    visit(&ExceptionBound::max, Field("max", "Greatest number that passes.").range(0, 1e15));
    visit(&ExceptionBound::role, Field("role", "Count only those that this role has to deal with; empty: all."));
  }
};

struct Expect {
  Named<KpiBound> kpis;
  AllOrSome invariants;
  std::vector<std::string> broken;
  Named<ExceptionBound> exceptions;
  std::vector<std::string> rules_exercised;
  std::optional<Duration> converge_within;
  std::string digest;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Expect::kpis,
          Field("kpis", "Bounds of key figures, by name. A figure without a sample fails, whatever its bound."));
    visit(&Expect::invariants,
          Field("invariants", "Promises that must be kept: \"all\", or their names. All are checked in any case."));
    visit(&Expect::broken, Field("broken",
                                 "Promises that this scenario is there to see broken: each must be, and none of them "
                                 "is among `invariants` then."));
    visit(&Expect::exceptions, Field("exceptions", "Bounds of the number of exceptions, by type."));
    visit(&Expect::rules_exercised, Field("rules_exercised",
                                          "Rules of which any outcome must happen (MSG-03), or outcomes that must "
                                          "(MSG-03.duplicate_answered); `tillstorm rules` lists them."));
    visit(&Expect::converge_within,
          Field("converge_within",
                "Longest time from the end of the last fault until nothing is pending and the books "
                "equal the truth; fails without a fault."));
    visit(&Expect::digest, Field("digest",
                                 "The digest itself, 32 hexadecimal digits: the same run to the bit. Not "
                                 "inherited by `extends`."));
  }
};

}  // namespace tillstorm
