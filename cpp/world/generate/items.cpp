#include "world/generate/items.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/gtin.h"
#include "base/hash.h"
#include "engine/elementary.h"
#include "engine/normal.h"
#include "engine/random_stream.h"
#include "scenario/generated_ids.h"
#include "world/generate/price_points.h"
#include "world/generate/product_names.h"
#include "world/generate/spread.h"

namespace tillstorm {
namespace {

/// Zipf's law gives rank r of n the weight r^-s, so an item's weight would change with every item added. Here an item
/// has a fixed quantile u of popularity and the weight (u + kHead)^-s: the same law with the rank r = n u + n kHead
/// (Zipf-Mandelbrot). With kHead three quarters of a rank of the 5000 items for which the default exponent was derived,
/// the top fifth of the items makes 80 % of the units, as with Zipf's law, and no item more than an eighth of them.
constexpr double kHead = 1.5e-4;

/// Best sellers are things of everyday price: towards the top of popularity the spread of prices narrows to this share.
/// Without it the few items that make a tenth of the units each would decide what an average ticket costs.
constexpr double kBestSellerSpread = 0.35;
constexpr double kBestSellers = 0.02;  ///< Share of the items.

/// GS1 keeps 20 to 29 for numbers that a company gives to its own goods, so no other company's article is meant.
std::string in_house_gtin(std::int32_t k) {
  std::string digits = std::to_string(k);
  digits.insert(0, 10 - digits.size(), '0');
  digits.insert(0, "20");
  digits += gtin_check_digit(digits);
  return digits;
}

const std::array<std::int32_t, 5> kCasePacks{1, 4, 6, 12, 24};

/// Cheap things come in larger cases.
std::int32_t draw_case_pack(std::int64_t price_minor, RandomStream stream) {
  const std::uint32_t largest = price_minor < 500 ? 4 : price_minor < 1'500 ? 3 : price_minor < 5'000 ? 2 : 1;
  return kCasePacks[largest - std::min(largest, stream.below(2))];
}

/// The log-normal law of prices, of which the department explains a part.
std::int64_t draw_price_minor(const GeneratedItems& generate, const Department& department, double popularity,
                              RandomStream stream) {
  const double narrowing = kBestSellerSpread + (1 - kBestSellerSpread) * std::min(1.0, popularity / kBestSellers);
  const double sigma = generate.unit_price_sigma * narrowing;
  double explained = 0;
  double mean = 0;  // of the departments' factors
  for (const Department& each : kDepartmentTable) {
    explained += each.price_offset * each.price_offset / kDepartments;
    mean += elementary::exp(sigma * each.price_offset) / kDepartments;
  }
  const double rest_variance = sigma * sigma * (1 - explained);
  const double logarithm =
      sigma * department.price_offset + std::sqrt(rest_variance) * normal(stream) - rest_variance / 2;
  const double price = static_cast<double>(generate.unit_price_mean_minor) * elementary::exp(logarithm) / mean;
  return price_point(static_cast<std::int64_t>(std::min(price, 1e9)));
}

/// Price less a margin within eight points of the mean.
std::int64_t draw_cost_minor(const GeneratedItems& generate, std::int64_t price_minor, RandomStream stream) {
  const double mean = static_cast<double>(generate.gross_margin_ppm) / 1e6;
  const double width = std::min({0.08, mean, 1 - mean});
  const double margin = mean + width * (2 * stream.uniform() - 1);
  return static_cast<std::int64_t>(std::floor(static_cast<double>(price_minor) * (1 - margin) + 0.5));
}

std::string supplier_name(std::uint32_t index) {
  std::string digits = std::to_string(index + 1);
  if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
  return "supplier_" + digits;
}

}  // namespace

double popularity_quantile(const GeneratedItems& generate, std::int32_t k) {
  return spread(k, generate.seed, purpose_of("generate.item.popularity"));
}

Item draw_item(const GeneratedItems& generate, std::int32_t k) {
  Item item;
  item.id = generated_item_id(k);
  item.gtin = in_house_gtin(k);
  const std::uint64_t key = key_of(item.id);
  const auto stream = [&](std::uint64_t purpose) { return RandomStream(generate.seed, purpose, key, 0); };

  RandomStream naming = stream(purpose_of("generate.item.name"));
  const Department& department = kDepartmentTable[naming.below(kDepartments)];
  const ProductGroup& group = department.groups[naming.below(static_cast<std::uint32_t>(department.groups.size()))];
  item.name = draw_product_name(department, group, naming);
  item.department =
      std::string(department.name) + " > " + std::string(group.category) + " > " + std::string(group.name);

  const double popularity = popularity_quantile(generate, k);
  item.price_minor = draw_price_minor(generate, department, popularity, stream(purpose_of("generate.item.price")));
  item.cost_minor = draw_cost_minor(generate, item.price_minor, stream(purpose_of("generate.item.cost")));
  item.case_pack = draw_case_pack(item.price_minor, stream(purpose_of("generate.item.case")));

  // One supplier delivers from one country, so origin is the supplier's.
  const std::uint32_t supplier =
      stream(purpose_of("generate.item.supplier")).below(static_cast<std::uint32_t>(generate.suppliers));
  item.supplier = supplier_name(supplier);
  RandomStream country(generate.seed, purpose_of("generate.supplier.origin"), key_of(item.supplier), 0);
  item.origin = country.bernoulli_ppm(static_cast<std::uint32_t>(generate.domestic_share_ppm)) ? Origin::domestic
                                                                                               : Origin::import;
  RandomStream taxing = stream(purpose_of("generate.item.tax"));
  const bool is_exempt = taxing.bernoulli_ppm(static_cast<std::uint32_t>(generate.exempt_share_ppm));
  item.tax_class = is_exempt ? TaxClass::exempt : TaxClass::standard;
  item.popularity = elementary::pow(popularity + kHead, -generate.zipf_exponent);
  return item;
}

}  // namespace tillstorm
