#include "harness/invariants/tax_exact.h"

namespace tillstorm {

TaxExact::TaxExact(const World& world)
    : rounding_(world.setup->model.tax_rounding), per_line_(world.setup->model.tax_per_line) {
  for (const model::ItemSetup& item : world.setup->model.items) is_taxed_.push_back(item.is_taxed ? 1 : 0);
  for (const model::StoreSetup& store : world.setup->model.stores) rates_.push_back(store.tax_rate);
  rates_.push_back(world.setup->model.online_tax_rate);  // of the DC, which ships
}

Minor TaxExact::rounded(std::int64_t millionths, Rounding rounding) {
  if (millionths < 0) return -rounded(-millionths, rounding);
  constexpr std::int64_t kWhole = 1'000'000;
  if (rounding == Rounding::down) return millionths / kWhole;
  const std::int64_t up = (millionths + kWhole / 2) / kWhole;
  const bool is_tie = millionths + kWhole / 2 == up * kWhole;
  return rounding == Rounding::half_even && is_tie && (up & 1) != 0 ? up - 1 : up;
}

void TaxExact::judge(const CheckPoint& c, MessageId id) const {
  const Message& message = c.world.pool[id];
  const Ppm rate = rates_[index_of(message.envelope.place)];
  std::int64_t taxed = 0, tax = 0;
  for (const Line& line : c.world.pool.lines(id)) {
    if (is_taxed_[index_of(line.item)] == 0) continue;
    taxed += line.amount_minor;
    if (per_line_) tax += rounded(rate * line.amount_minor, rounding_);
  }
  if (!per_line_) tax = rounded(rate * taxed, rounding_);
  const Minor charged = message.envelope.type == MessageType::ticket ? message.ticket.tax : message.online.tax;
  if (charged == tax) [[likely]]
    return;
  const Entity entity = entity_of(c.world, message.envelope);
  c.violations.add(violation_at(c.world, text.name, message.envelope.place, entity, tax, charged,
                                entity.name + " was charged " + std::to_string(charged) + " minor units of tax; " +
                                    std::to_string(taxed) + " at " + std::to_string(rate) + " ppm make " +
                                    std::to_string(tax) + "."));
}

}  // namespace tillstorm
