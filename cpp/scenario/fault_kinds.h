#pragma once
// The kinds of faults, one line each: what the schema, the reference and the messages about wrong knobs come from. What
// a kind does to the road is one case in world/faults.cpp; docs/add-a-fault.md shows how to add one.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/fields.h"

namespace tillstorm {

enum class FaultKind : std::uint8_t {
  store_link_down,
  store_link_slow,
  store_link_lossy,
  store_link_flapping,
  region_partition,
  duplicate,
  delay,
  reorder,
  corrupt,
  lost_acknowledgement,
  middleware_down,
  middleware_slow,
  middleware_rejecting,
  erp_down,
  erp_slow,
  erp_rejecting,
  terminal_crash,
  malformed,
  poison,
  erp_unreachable,
  erp_answer_lost,
  consumer_down,
  consumer_slow,
  batch_crash,
  file_truncated,
  file_sent_twice,
  key_reuse,
  tender_correction,
  masters_late,
  tickets_stuck,
  terminal_reinstalled,
  masters_delayed,
};

/// What a fault hits, and so how it is aimed.
enum class FaultTarget : std::uint8_t {
  link,        ///< Both directions of a store's or a DC's link.
  messages,    ///< What a store or a DC sends.
  middleware,  ///< All of it.
  erp,         ///< All of it.
  tills,       ///< Tills of stores, at a moment.
  journals,    ///< What tills of stores have not handed on, for some time.
  masters,     ///< What head office says to stores and to the ecommerce front.
};

/// A kind in words. `knobs`: the keys it uses besides those of its target and its time, separated by blanks; one that
/// ends in `!` must be given.
struct FaultKindText {
  FaultKind kind;
  std::string_view name;
  FaultTarget target;
  std::string_view knobs;
  std::string_view meaning;
};

// clang-format off
inline constexpr std::array kFaultKinds{
    FaultKindText{FaultKind::store_link_down, "store_link_down", FaultTarget::link, "",
                  "Nothing passes between the store and the middleware; the store keeps trading."},
    FaultKindText{FaultKind::store_link_slow, "store_link_slow", FaultTarget::link, "factor",
                  "Messages and answers of the link take `factor` times as long."},
    FaultKindText{FaultKind::store_link_lossy, "store_link_lossy", FaultTarget::link, "share_ppm!",
                  "A share of the messages and of the answers of the link is lost."},
    FaultKindText{FaultKind::store_link_flapping, "store_link_flapping", FaultTarget::link, "down up",
                  "The link is down for `down`, then up for `up`, over and over."},
    FaultKindText{FaultKind::region_partition, "region_partition", FaultTarget::link, "regions!",
                  "Everybody of the regions is cut off, the DC included."},
    FaultKindText{FaultKind::duplicate, "duplicate", FaultTarget::messages, "share_ppm",
                  "A share of the messages is delivered twice."},
    FaultKindText{FaultKind::delay, "delay", FaultTarget::messages, "share_ppm! delay",
                  "A share of the messages is held back by `delay`; later ones overtake them."},
    FaultKindText{FaultKind::reorder, "reorder", FaultTarget::messages, "share_ppm!",
                  "A share of the messages lets its successor go first."},
    FaultKindText{FaultKind::corrupt, "corrupt", FaultTarget::messages, "share_ppm!",
                  "A share of the copies arrives with a damaged body; it is refused and sent again."},
    FaultKindText{FaultKind::lost_acknowledgement, "lost_acknowledgement", FaultTarget::messages, "share_ppm",
                  "What the store sends arrives, a share of the answers does not."},
    FaultKindText{FaultKind::middleware_down, "middleware_down", FaultTarget::middleware, "",
                  "The middleware receives nothing, answers nothing and sends nothing."},
    FaultKindText{FaultKind::middleware_slow, "middleware_slow", FaultTarget::middleware, "service",
                  "The middleware takes `service` for each message, one after another for each place."},
    FaultKindText{FaultKind::middleware_rejecting, "middleware_rejecting", FaultTarget::middleware, "share_ppm!",
                  "A share of the messages is answered with a refusal; their sources send them again after silence."},
    FaultKindText{FaultKind::erp_down, "erp_down", FaultTarget::erp, "",
                  "Nothing is posted, reviewed or published; the middleware keeps what it has accepted."},
    FaultKindText{FaultKind::erp_slow, "erp_slow", FaultTarget::erp, "service factor",
                  "The ERP's work takes `factor` times as long, or each posting `service` longer if there is no factor."},
    FaultKindText{FaultKind::erp_rejecting, "erp_rejecting", FaultTarget::erp, "share_ppm! retry_after",
                  "A share of the posting attempts fails and is tried again, in order, after `retry_after`."},
    FaultKindText{FaultKind::terminal_crash, "terminal_crash", FaultTarget::tills, "terminal",
                  "Tills crash at `from` and are back after integration.pos.restart_seconds."},
    FaultKindText{FaultKind::malformed, "malformed", FaultTarget::messages, "share_ppm!",
                  "A share of the messages is made wrong: a field is missing, or nobody knows their type or source."},
    FaultKindText{FaultKind::poison, "poison", FaultTarget::messages, "share_ppm!",
                  "A share of the messages crashes whoever works on them, until somebody mends them."},
    FaultKindText{FaultKind::erp_unreachable, "erp_unreachable", FaultTarget::erp, "",
                  "Every call of the ERP fails at once, and nobody has been told."},
    FaultKindText{FaultKind::erp_answer_lost, "erp_answer_lost", FaultTarget::erp, "share_ppm",
                  "The ERP does its work, and a share of its answers is lost."},
    FaultKindText{FaultKind::consumer_down, "consumer_down", FaultTarget::erp, "workers",
                  "Workers of the ERP are lost, and what they had in hand begins again at others."},
    FaultKindText{FaultKind::consumer_slow, "consumer_slow", FaultTarget::erp, "factor",
                  "One worker of the ERP takes `factor` times as long."},
    FaultKindText{FaultKind::batch_crash, "batch_crash", FaultTarget::erp, "share_ppm!",
                  "The poster crashes around a share of a batch's commits: before them, or after them and unheard."},
    FaultKindText{FaultKind::file_truncated, "file_truncated", FaultTarget::erp, "share_ppm",
                  "Of a share of the batches only the first half arrives."},
    FaultKindText{FaultKind::file_sent_twice, "file_sent_twice", FaultTarget::erp, "share_ppm",
                  "A share of the batches is sent twice."},
    FaultKindText{FaultKind::key_reuse, "key_reuse", FaultTarget::messages, "share_ppm!",
                  "For a share of the tickets another ticket, which is nobody's sale, comes under the same key."},
    FaultKindText{FaultKind::tender_correction, "tender_correction", FaultTarget::messages, "share_ppm!",
                  "A share of the tickets is rung up with the wrong tender and corrected at once, as a revision."},
    FaultKindText{FaultKind::masters_late, "masters_late", FaultTarget::erp, "share_ppm!",
                  "The ERP does not know a share of the items until the fault is over."},
    FaultKindText{FaultKind::tickets_stuck, "tickets_stuck", FaultTarget::journals, "share_ppm!",
                  "A share of the tickets stays in its till's journal, which cannot be read meanwhile, and is not handed on."},
    FaultKindText{FaultKind::terminal_reinstalled, "terminal_reinstalled", FaultTarget::tills, "terminal",
                  "Tills are installed anew at `from`: their numbers start again."},
    FaultKindText{FaultKind::masters_delayed, "masters_delayed", FaultTarget::masters, "share_ppm! delay",
                  "A share of the batches of prices and items is held up by `delay`, place by place; later ones overtake them."},
};
// clang-format on

constexpr const FaultKindText& text_of(FaultKind kind) { return kFaultKinds[static_cast<std::size_t>(kind)]; }

constexpr auto names_of(FaultKind) {
  std::array<EnumName<FaultKind>, kFaultKinds.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = {kFaultKinds[i].kind, kFaultKinds[i].name, kFaultKinds[i].meaning};
  return names;
}

static_assert(
    [] {
      for (std::size_t i = 0; i < kFaultKinds.size(); ++i)
        if (static_cast<std::size_t>(kFaultKinds[i].kind) != i) return false;
      return true;
    }(),
    "the kinds stand in the order of their enumerators");

}  // namespace tillstorm
