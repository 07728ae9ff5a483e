#include "world/master_gaps.h"

#include "engine/random_stream.h"

namespace tillstorm {
namespace {

constexpr std::uint64_t kUnknownItem = purpose_of("fault.masters_late");

}  // namespace

std::vector<erp::MasterGap> master_gaps(const std::vector<FaultSetup>& faults, const erp::Setup& books) {
  std::vector<erp::MasterGap> gaps;
  for (std::uint32_t f = 0; f < faults.size(); ++f) {
    const FaultSetup& fault = faults[f];
    if (fault.kind != FaultKind::masters_late || fault.share_ppm == 0) continue;
    erp::MasterGap gap;
    gap.fault = f;
    for (const erp::ItemMaster& item : books.items) {
      RandomStream draw(books.seed, kUnknownItem, item.key, 0);
      gap.items.push_back(draw.bernoulli_ppm(static_cast<std::uint32_t>(fault.share_ppm)) ? 1 : 0);
    }
    for (std::int64_t n = 0; n < fault.when.times; ++n) {
      gap.from = fault.when.from + n * fault.when.every;
      gap.until = gap.from + fault.when.length;
      gaps.push_back(gap);
    }
  }
  return gaps;
}

}  // namespace tillstorm
