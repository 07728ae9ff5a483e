// What the books of a place find wrong, and tell the exception desk.
#include <utility>

#include "erp/partition.h"

namespace tillstorm::erp {
namespace {

bool is_equal(const DayCloseBody& z, const BookDay& day) {
  return z.tickets == day.tickets && z.net == day.net && z.tax == day.tax;
}

}  // namespace

void Partition::report_difference(Context& c, const Envelope& z, Minor difference, ExceptionSignal signal) const {
  ExceptionBody body;
  body.exception = ExceptionType::recon_difference;
  body.signal = signal;
  body.subject = mix64(c.setup.places[index_of(place_)].key ^ static_cast<std::uint64_t>(z.business_date.days));
  body.amount = difference;
  report_exception(c, c.setup.addresses, c.setup.middleware_latency, z, body);
}

/// Something has been posted: does the ledger of that date equal its Z report now?
void Partition::look_at_differences(Context& c, const Envelope& posted) {
  for (std::size_t i = 0; i < differences_.size(); ++i) {
    const Difference& each = differences_[i];
    if (each.z.business_date != posted.business_date) continue;
    if (!is_equal(each.body, journal_.day(each.z.business_date))) return;
    report_difference(c, each.z, 0, ExceptionSignal::cleared);
    differences_.erase(differences_.begin() + static_cast<std::ptrdiff_t>(i));
    return;
  }
}

/// Book stock of an item has gone below zero, or is not any more.
void Partition::report_stock(Context& c, const Envelope& about, ItemId item, std::int32_t on_hand) const {
  ExceptionBody body;
  body.exception = ExceptionType::negative_stock;
  body.signal = on_hand < 0 ? ExceptionSignal::raised : ExceptionSignal::cleared;
  body.subject = mix64(c.setup.places[index_of(place_)].key ^ c.setup.items[index_of(item)].key);
  body.units = on_hand;
  report_exception(c, c.setup.addresses, c.setup.middleware_latency, about, body);
}

}  // namespace tillstorm::erp
