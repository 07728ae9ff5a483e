#pragma once
// The rules that no single field can say. Each function looks at one part of the scenario and complains with a path.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/reader.h"
#include "scenario/scenario.h"
#include "scenario/sources.h"

namespace tillstorm {

/// Takes a path and what is wrong there.
using Complain = std::function<void(std::string path, Complaint complaint)>;

/// One kind of thing that is referred to by id.
struct IdKind {
  std::string_view name;
  std::function<bool(std::string_view)> is_known;
  std::function<std::vector<std::string>()> all;  ///< For hints.
};

/// Ids that other parts may name, listed and generated ones.
class KnownIds {
 public:
  explicit KnownIds(const Scenario& scenario);

  IdKind store_kind() const;
  /// Stores and DCs: who has stock and a link.
  IdKind place_kind() const;
  IdKind region_kind() const;
  IdKind item_kind() const;
  IdKind assortment_kind() const;

 private:
  bool has_store(std::string_view id) const;
  bool has_region(std::string_view id) const;
  bool has_item(std::string_view id) const;
  bool has_assortment(std::string_view id) const;
  std::vector<std::string> stores() const;
  std::vector<std::string> regions() const;
  std::vector<std::string> items() const;
  std::vector<std::string> assortments() const;

  const Scenario& scenario_;
  std::vector<std::string_view> stores_, regions_, items_, assortments_;  ///< Listed ones, sorted.
};

/// Everything below, in the order of the document.
void validate_all(const Scenario& scenario, const KnownNames& names, const Complain& complain);

void validate_run(const Scenario& scenario, const std::vector<std::string>& table_names, const Complain& complain);
void validate_chain(const Scenario& scenario, const KnownIds& known, const Complain& complain);
void validate_catalogue(const Scenario& scenario, const KnownIds& known, const Complain& complain);
void validate_demand(const Scenario& scenario, const KnownIds& known, const Complain& complain);
void validate_supply(const Scenario& scenario, const Complain& complain);
void validate_integration(const Scenario& scenario, const Complain& complain);
void validate_laws(const Scenario& scenario, const Complain& complain);
void validate_faults(const Scenario& scenario, const KnownIds& known, const Complain& complain);
void validate_expect(const Scenario& scenario, const KnownNames& known, const Complain& complain);

/// Complains unless the id is known.
void validate_reference(const std::string& path, std::string_view id, const IdKind& kind, const Complain& complain);
void validate_references(const std::string& path, const std::vector<std::string>& ids, const IdKind& kind,
                         const Complain& complain);

/// Complains if all weights are 0: nothing could be drawn.
void validate_weights(const std::string& path, const std::vector<double>& weights, const Complain& complain);

}  // namespace tillstorm
