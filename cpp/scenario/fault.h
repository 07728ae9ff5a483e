#pragma once
// `faults`: what breaks, where and when. Defaults mean no fault.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/civil.h"
#include "base/fields.h"
#include "base/time.h"
#include "scenario/chain.h"
#include "scenario/fault_kinds.h"

namespace tillstorm {

/// A fault that comes again.
struct FaultRepeat {
  Duration every = kDay;
  std::int32_t times = 1;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&FaultRepeat::every, Field("every", "From one beginning to the next; at least as long as the fault."));
    visit(&FaultRepeat::times, Field("times", "How often in all.").in("times").range(1, 100'000));
  }
};

/// One fault. A knob is absent or one that the kind uses (see kFaultKinds); `*_of` have what holds where it is absent.
struct Fault {
  FaultKind kind = FaultKind::store_link_down;
  std::vector<std::string> stores;
  std::vector<std::string> regions;
  std::vector<StoreFormat> formats;
  std::int64_t share_of_stores_ppm = 1'000'000;
  Moment from{};
  std::optional<Duration> for_;
  std::optional<Moment> to;
  std::optional<FaultRepeat> repeat;
  std::optional<std::int64_t> share_ppm;
  std::optional<double> factor;
  std::optional<Duration> delay, down, up, service, retry_after;
  std::optional<std::int32_t> terminal, workers;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Fault::kind, Field("kind", "What breaks.").required());
    visit(&Fault::stores, Field("stores", "Ids of the stores it hits, or of the DC; no stores and no regions: all."));
    visit(&Fault::regions, Field("regions", "Regions it hits."));
    visit(&Fault::formats, Field("formats", "Of those, only stores of these formats; empty: of any."));
    visit(&Fault::share_of_stores_ppm,
          Field("share_of_stores_ppm", "Of those, this share, drawn by store: a larger share keeps them all.")
              .in("ppm")
              .range(1, 1e6));
    visit(&Fault::from, Field("from", "First moment; in chain.time_zone unless it carries an offset.").required());
    visit(&Fault::for_, Field("for", "How long; or give `to`."));
    visit(&Fault::to, Field("to", "First moment at which it is over; or give `for`."));
    visit(&Fault::repeat, Field("repeat", "It comes again."));
    visit(&Fault::share_ppm, Field("share_ppm",
                                   "Share of the messages, answers or attempts hit, by chance; 1000000 "
                                   "for `duplicate` and `lost_acknowledgement` if it is not given.")
                                 .in("ppm")
                                 .range(0, 1e6));
    visit(&Fault::factor, Field("factor",
                                "How many times as long a message travels, or the ERP works; 10 for a link or a worker "
                                "if it is not given.")
                              .in("times")
                              .range(1, 100'000)
                              .from("assumption: a line that falls back to a mobile network"));
    visit(&Fault::delay, Field("delay", "How long a message is held back; PT5M if it is not given.")
                             .from("assumption: a retry job of a broker"));
    visit(&Fault::down, Field("down", "How long a flapping link is down each time; PT1M if it is not given.")
                            .from("assumption: a router that restarts"));
    visit(&Fault::up,
          Field("up", "How long it is then up; PT1M if it is not given.").from("assumption: a router that restarts"));
    visit(&Fault::service, Field("service", "What each message takes; PT2S if it is not given.")
                               .from("assumption: a posting interface under load"));
    visit(&Fault::retry_after, Field("retry_after", "From a refusal to the next attempt; PT1M if it is not given.")
                                   .from("assumption: a posting job's back-off"));
    visit(&Fault::terminal, Field("terminal", "Which till crashes, from 1; all of a store if it is not given.")
                                .in("number")
                                .range(1, 1000));
    visit(
        &Fault::workers,
        Field("workers", "How many of the ERP's workers are lost; 1 if it is not given.").in("workers").range(1, 4096));
  }
};

inline std::int64_t share_ppm_of(const Fault& fault) { return fault.share_ppm.value_or(1'000'000); }
inline double factor_of(const Fault& fault) { return fault.factor.value_or(10); }
inline std::int32_t workers_of(const Fault& fault) { return fault.workers.value_or(1); }
inline Duration delay_of(const Fault& fault) { return fault.delay.value_or(5 * kMinute); }
inline Duration down_of(const Fault& fault) { return fault.down.value_or(kMinute); }
inline Duration up_of(const Fault& fault) { return fault.up.value_or(kMinute); }
inline Duration service_of(const Fault& fault) { return fault.service.value_or(2 * kSecond); }
inline Duration retry_after_of(const Fault& fault) { return fault.retry_after.value_or(kMinute); }

}  // namespace tillstorm
