#include "erp/journal.h"

#include <algorithm>

namespace tillstorm::erp {

BookDay& Journal::day(Date date) {
  if (last_ < days_.size() && days_[last_].date == date) return days_[last_];
  const auto at = std::lower_bound(days_.begin(), days_.end(), date,
                                   [](const BookDay& day, Date wanted) { return day.date < wanted; });
  last_ = static_cast<std::size_t>(at - days_.begin());
  if (at == days_.end() || at->date != date) days_.insert(at, BookDay{.date = date});
  return days_[last_];
}

}  // namespace tillstorm::erp
