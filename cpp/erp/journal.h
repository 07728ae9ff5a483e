#pragma once
// The finance journal of one place: double entry, by business date and account. Amounts are signed while they are
// gathered: a debit is positive, a credit negative, and each document's sum is 0 (FIN-01).
#include <array>
#include <cstdint>
#include <vector>

#include "base/civil.h"
#include "base/money.h"
#include "base/time.h"
#include "record/book_tables.h"

namespace tillstorm::erp {

inline constexpr std::size_t kAccounts = names_of(Account{}).size();

/// What was posted of one business date.
struct BookDay {
  Date date{};
  std::uint32_t tickets = 0;
  Minor net = 0;
  Minor tax = 0;
  Minor cost = 0;
  Minor closing_value = 0;  ///< Of the place's stock, after the date's last posting.
  Time last_posted{};
  std::uint32_t late_postings = 0;     ///< Documents that came after the date's close and its grace, or its export.
  std::uint32_t moved = 0;             ///< Documents of this date on another one, and of others on this (MSG-15).
  std::uint32_t export_version = 0;    ///< How often it was exported.
  std::uint32_t exported_tickets = 0;  ///< What those hold who receive the export ...
  Minor exported_net = 0;              ///< ... of the date.
  Time export_due{};                   ///< When the next export is due; 0: none is.
  std::array<Minor, kAccounts> debit{};
  std::array<Minor, kAccounts> credit{};
};

/// A line of a document being posted.
struct JournalLine {
  Account account{};
  Minor amount = 0;  ///< Debit positive.
};

class Journal {
 public:
  /// The page of a business date, made if it is the first posting to it. The last one asked for is found at once.
  BookDay& day(Date date);
  /// Posts the lines of one document. Returns their sum: 0, or the document does not balance.
  template <std::size_t N>
  Minor post(BookDay& day, const std::array<JournalLine, N>& lines) {
    Minor sum = 0;
    for (const JournalLine& line : lines) {
      const auto account = static_cast<std::size_t>(line.account);
      const Minor credit = line.amount < 0 ? -line.amount : 0;
      day.credit[account] += credit;
      day.debit[account] += line.amount + credit;
      balance_[account] += line.amount;
      sum += line.amount;
    }
    imbalance_ += sum;
    return sum;
  }

  /// Debits less credits of an account since the start.
  Minor balance(Account account) const { return balance_[static_cast<std::size_t>(account)]; }
  /// Debits less credits of everything: 0 at every instant.
  Minor imbalance() const { return imbalance_; }
  const std::vector<BookDay>& days() const { return days_; }

 private:
  std::vector<BookDay> days_;  ///< In order of date.
  std::size_t last_ = 0;
  std::array<Minor, kAccounts> balance_{};
  Minor imbalance_ = 0;
};

}  // namespace tillstorm::erp
