#pragma once
// For every line of a ticket scanned at place p and moment t, and of an online order at t:
//   (amount + discount) x base units per sale = price(item, v) x quantity,
//   v = the highest version that names the item and whose batch is in force at p at t:
//   from pricing.effective_at of its date on p's clock, or from its arrival if that is later; online from its arrival.
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"

namespace tillstorm {

/// Has its own history of head office's price list and its own reading of when a batch is in force. A ticket keeps the
/// prices of its scan: where the length of a checkout is known (no law of its own, no till that fails) that is an exact
/// moment; elsewhere one of the versions in force in the last day must fit all lines.
class PriceAuthorised {
 public:
  static constexpr PromiseText text{
      .name = "price_authorised",
      .equation =
          "for every line scanned at place p and moment t: list price charged = head office's price of the highest "
          "version of the item in force at p at t",
      .meaning = "Every line was charged the price that head office had put in force there and then.",
      .check_points = "handed_over published taken_in",
      .guards = "MSG-18 PRICE-03 PRICE-04 PRICE-06",
      .in_trace_mode = false};
  explicit PriceAuthorised(const World& world);
  void published(const CheckPoint& c);
  void taken_in(const CheckPoint& c, std::uint32_t source, MessageId id);
  void handed_over(const CheckPoint& c, std::uint32_t source, MessageId id);

 private:
  struct Price {
    std::int32_t minor = 0;
    std::uint32_t version = 0;      ///< From which it is the item's price.
    std::int32_t base_units = 1;    ///< Of one sales unit: here, so that a line needs one look.
    std::uint32_t earlier = kNone;  ///< Index into earlier_.
  };
  struct Switch {
    std::uint32_t version = 0;
    Time from{};
  };
  /// A batch that has not come although a later one has, until a while after it has.
  struct Missing {
    std::uint32_t version = 0;
    Time from = kNever;  ///< In force from then on.
  };
  /// A price that a place has asked for and been told again.
  struct Refreshed {
    ItemId item{};
    std::uint32_t version = 0;
    Time from{};
  };
  /// What has come to a place.
  struct Arrived {
    std::vector<Switch> switches;  ///< Batches in order of being in force.
    std::vector<Missing> missing;
    std::vector<Refreshed> refreshed;
    std::uint32_t highest = 0;  ///< Version.
  };
  /// A span in which one version is in force, and nothing else: most tickets need no more.
  struct Steady {
    Time from{1}, until{};
    std::uint32_t version = 0;
  };

  std::uint32_t version_at(std::uint32_t source, Time at) const;
  void come(std::uint32_t source, std::uint32_t version, Time from);
  static bool is_missing(const Arrived& arrived, ItemId item, std::uint32_t version, Time at);
  /// The item's price at a place where `version` is the highest in force at `at`.
  const Price& price(std::uint32_t source, ItemId item, std::uint32_t version, Time at) const;
  std::uint32_t steady_version(std::uint32_t source, Time from, Time until);
  /// The first line whose price is not the one in force at `at`; null if there is none.
  const Line* wrong_line(const World& world, std::uint32_t source, MessageId id, Time at) const {
    return wrong_line(world, source, id, version_at(source, at), at);
  }
  const Line* wrong_line(const World& world, std::uint32_t source, MessageId id, std::uint32_t version, Time at) const;
  /// True if a version in force somewhere in the span fits all lines.
  bool any_fits(const World& world, std::uint32_t source, MessageId id, Time from, Time until) const;
  void report(const CheckPoint& c, std::uint32_t source, MessageId id, Time scanned) const;

  std::vector<Price> newest_;             ///< By item.
  std::vector<Price> earlier_;            ///< What they were before.
  std::uint32_t version_ = 0;             ///< Batches that head office has published.
  std::vector<std::uint32_t> published_;  ///< Versions of the price batches, ascending.
  std::vector<Arrived> arrived_;          ///< By source.
  std::vector<Steady> steady_;            ///< By source.
  bool scan_is_known_;
};

}  // namespace tillstorm
