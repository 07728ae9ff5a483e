// Goods and prices reach the store.
#include <algorithm>
#include <utility>

#include "model/store.h"

namespace tillstorm::model {

void Store::truck_arrives(Context& c, MessageId dispatch) {
  const MessageId receipt = c.pool.create(MessageType::goods_receipt);
  c.pool[receipt].goods = c.pool[dispatch].goods;
  c.pool[receipt].envelope.causation = c.pool[dispatch].envelope.number;
  const ItemIndex& items = index_of_items(c);
  for (std::uint32_t i = 0; i < c.pool[dispatch].lines.count; ++i) {
    const Line line = c.pool.lines(dispatch)[i];  // a copy: adding lines to the receipt may move the arena
    if (line.quantity == 0) continue;
    TruthCell& at = cell(c, items.position(line.item));
    at.backroom += line.quantity;
    top_up(at);
    c.pool.add_line(receipt, Line{line.item, line.quantity, 0, 0});
  }
  c.pool.release(dispatch);
  emit(c, receipt, 0, ++receipts_);
}

void Store::masters_changed(const Context& c, MessageType type, std::uint32_t version) {
  if (type == MessageType::price_batch) {
    price_version_ = std::max(price_version_, version);
    ++price_changes_;
  }
  facts_.add(c.kernel.now.us);
  facts_.add(std::uint64_t{version});
}

void Store::take_off_sale(Context& c, std::uint32_t position) {
  TruthCell& at = cell(c, position);
  const auto before = std::lower_bound(off_sale_.begin(), off_sale_.end(), position,
                                       [](const OffSale& each, std::uint32_t p) { return each.position < p; });
  off_sale_.insert(before, {position, at.shelf_capacity});
  at.backroom += at.shelf;
  at.shelf = 0;
  at.shelf_capacity = 0;  // so that nothing fills it
  facts_.add(std::uint64_t{position} << 1);
}

void Store::put_on_sale(Context& c, std::uint32_t position) {
  const auto at = std::lower_bound(off_sale_.begin(), off_sale_.end(), position,
                                   [](const OffSale& each, std::uint32_t p) { return each.position < p; });
  check(at != off_sale_.end() && at->position == position, "only what is off sale comes back");
  cell(c, position).shelf_capacity = at->shelf_capacity;
  off_sale_.erase(at);
  top_up(cell(c, position));
  facts_.add(std::uint64_t{position} << 1 | 1);
}

bool Store::is_off_sale(std::uint32_t position) const {
  return std::any_of(off_sale_.begin(), off_sale_.end(),
                     [&](const OffSale& each) { return each.position == position; });
}

void Store::request_refresh(Context& c, std::uint32_t position) {
  const MessageId request = c.pool.create(MessageType::refresh_request);
  c.pool.add_line(request, Line{index_of_items(c).item(position), 1, 0, 0});
  emit(c, request, 0, ++refreshes_);
}

}  // namespace tillstorm::model
