#pragma once
// The types of business exceptions that a run can raise: work for a person, such as a sale that arrived after its day
// was closed. This is the one list; no rule of this version raises any.
#include <array>
#include <string_view>

namespace tillstorm {

struct ExceptionTypeText {
  std::string_view id;       ///< Snake case: `late_sale`.
  std::string_view role;     ///< Who has to deal with it: `finance_analyst`.
  std::string_view meaning;  ///< One sentence.
};

inline constexpr std::array<ExceptionTypeText, 0> kExceptionTypes{};

}  // namespace tillstorm
