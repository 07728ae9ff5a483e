#pragma once
// What is said of an integration rule. A rule is a struct in one of the *_rules.h files:
//
//   struct DedupeThenPost {
//     static constexpr RuleText text{.id = "MSG-03", ...};
//     enum class Outcome : std::uint8_t { first_post, duplicate_answered };
//     friend constexpr auto names_of(Outcome) { return std::array{EnumName<Outcome>{...}, ...}; }
//   };
//
// and one line of the list in all_rules.h. The command line, the documents, the coverage columns and the tests read it
// from there; docs/add-a-rule.md shows how to add one.
#include <array>
#include <cstdint>
#include <string_view>

#include "base/fields.h"

namespace tillstorm {

/// A rule in words. All text is static; lists are separated by blanks.
struct RuleText {
  std::string_view id;            ///< As in the catalogue of rules: `MSG-03`.
  std::string_view flow;          ///< Part of the business that it belongs to: `msg`, `offline`, `price`...
  std::string_view title;         ///< A few words.
  std::string_view statement;     ///< What must hold.
  std::string_view home;          ///< The file below cpp/ that decides.
  std::string_view parameters{};  ///< Keys of the scenario that it reads, as paths.
  std::string_view guards{};      ///< Promises and key figures that show when it is broken.
  std::string_view aliases{};     ///< Ids of rules that are one with this.
};

}  // namespace tillstorm
