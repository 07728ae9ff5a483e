#pragma once
// Departments, what they sell, and names for it.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/random_stream.h"

namespace tillstorm {

/// A group of products: third level of the hierarchy, under its department and category.
struct ProductGroup {
  std::string_view category;
  std::string_view name;
  std::array<std::string_view, 5> products;
};

struct Department {
  std::string_view name;
  /// How dear its products are: mean of the standardised logarithm of price.
  double price_offset;
  std::array<std::string_view, 6> variants;
  std::array<ProductGroup, 4> groups;
};

inline constexpr std::uint32_t kDepartments = 12;
extern const std::array<Department, kDepartments> kDepartmentTable;

/// A product of the department's group with a fictitious brand and a variant: `Norrland Saucepan, Steel`.
std::string draw_product_name(const Department& department, const ProductGroup& group, RandomStream& stream);

}  // namespace tillstorm
