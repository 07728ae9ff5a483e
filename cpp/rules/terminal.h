#pragma once
// OFFLINE-03: what a till still knows after a crash.
#include <cstdint>

#include "base/fields.h"

namespace tillstorm {

enum class JournalFlush : std::uint8_t { each_line, each_ticket };
constexpr auto names_of(JournalFlush) {
  return std::array{
      EnumName<JournalFlush>{JournalFlush::each_line, "each_line",
                             "Each line is in the journal when it is scanned: a ticket goes on after the restart."},
      EnumName<JournalFlush>{JournalFlush::each_ticket, "each_ticket",
                             "Only completed tickets are: one in the making is cancelled by a crash."}};
}

struct TerminalRule {
  JournalFlush journal_flush = JournalFlush::each_line;
  std::int32_t restart_seconds = 180;
  bool cancelled_takes_number = false;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&TerminalRule::journal_flush,
          Field("journal_flush", "When a till writes its journal to disk.").from("rule OFFLINE-03"));
    visit(&TerminalRule::restart_seconds, Field("restart_seconds", "From a till's crash until it serves again.")
                                              .in("s")
                                              .range(1, 86400)
                                              .from("rule OFFLINE-03"));
    visit(&TerminalRule::cancelled_takes_number,
          Field("cancelled_takes_number",
                "A ticket that a crash cancels has its number already: the books are told that it is void.")
              .from("assumption: tills that give the number when a ticket is begun"));
  }
};

}  // namespace tillstorm
