#pragma once
// Mutants: wrong variants of rules, each a mistake that somebody has made or could make. At most one is switched on in
// a run; the code asks `rules.is(Mutant::name)` where the mistake would be made. docs/add-a-mutant.md shows how to add
// one.
#include <array>
#include <cstdint>
#include <string_view>

namespace tillstorm {

enum class Mutant : std::uint16_t {
  none,
#define TILLSTORM_MUTANT(name, rules, bugs, mistake) name,
#include "rules/mutants.def"
#undef TILLSTORM_MUTANT
};

/// A mutant in words; lists are separated by blanks.
struct MutantText {
  Mutant mutant;
  std::string_view id;
  std::string_view rules;    ///< The rules that it breaks; the first is the one it belongs to.
  std::string_view bugs;     ///< Real bugs of real systems that it stands for.
  std::string_view mistake;  ///< What is done wrong.
};

inline constexpr std::array kMutantTexts{
#define TILLSTORM_MUTANT(name, rules, bugs, mistake) MutantText{Mutant::name, #name, rules, bugs, mistake},
#include "rules/mutants.def"
#undef TILLSTORM_MUTANT
};

}  // namespace tillstorm
