#pragma once
// The observer that checks the promises: hands each check point to those that need it.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/convergence.h"
#include "harness/invariants/all_promises.h"
#include "harness/violations.h"
#include "world/dispatch.h"
#include "world/world.h"

namespace tillstorm {

inline constexpr std::uint32_t kEveryPromise = ~std::uint32_t{0};

/// Plain data: a copy goes with a snapshot of the world.
class Promises : public NoObserver {
 public:
  /// `which`: a bit for each promise of the list, in its order.
  explicit Promises(const World& world, std::uint32_t which = kEveryPromise);

  void handed_over(const World& world, std::uint32_t source, MessageId message);
  void kept_back(const World& world, std::uint32_t source, MessageId message);
  void posted(const World& world, PlaceId place, const Message& message, erp::Posting posting);
  void set_aside(const World& world, const integration::Bus::Aside& aside);
  void published(const World& world);
  void taken_in(const World& world, std::uint32_t source, MessageId message);
  /// The run is over: what can only be judged now.
  void finished(const World& world);

  const Violations& violations() const { return violations_; }
  const Convergence& convergence() const { return convergence_; }
  /// What is said of each promise, in the order in which they are checked.
  static std::vector<PromiseText> texts();
  static std::vector<std::string> names();
  /// The bit of a promise; 0 if there is none of this name.
  static std::uint32_t bit_of(std::string_view name);

 private:
  Violations violations_;
  Told told_;
  AllPromises all_;
  std::uint32_t which_;
  Convergence convergence_;
};

}  // namespace tillstorm
