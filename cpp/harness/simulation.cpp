#include "harness/simulation.h"

#include <algorithm>
#include <optional>

#include "analytics/kpis/kpis.h"
#include "base/currency.h"
#include "base/log.h"
#include "harness/explain/observer_pair.h"
#include "harness/explain/tracer.h"
#include "harness/explain/witness_run.h"
#include "harness/promises.h"
#include "harness/stuck.h"
#include "world/assemble.h"
#include "world/dispatch.h"
#include "world/recording.h"
#include "world/totals.h"

namespace tillstorm {
namespace {

constexpr Duration kDrain = 7 * kDay;
/// Minor units of one unit of the currency.
double minor_per_unit(const std::string& currency) {
  double minor = 1;
  for (int decimals = currency_exponent(currency); decimals > 0; --decimals) minor *= 10;
  return minor;
}

/// Exceptions by type and role, those that there were.
std::vector<ExceptionCount> exception_counts(const World& world) {
  std::vector<ExceptionCount> counts;
  for (const ExceptionTypeText& type : kExceptionTypes)
    for (const EnumName<Role>& role : names_of(Role{})) {
      ExceptionCount count{std::string(type.id), std::string(role.name), world.desk.opened(type.type, role.value), 0,
                           0};
      for (const auto& [id, item] : world.desk.open()) {
        if (item.type != type.type || item.role != role.value) continue;
        ++count.open;
        if (item.is_breached) ++count.overdue;
      }
      if (count.opened != 0) counts.push_back(count);
    }
  return counts;
}

/// Runs the world with an observer; `run` calls `dispatch`.
template <class Observer>
StopReason run_observed(World& world, Observer& observer, Time until, const std::atomic<bool>* stop,
                        std::uint64_t max_events) {
  Dispatcher<Observer> dispatcher(world, observer);
  return run(world.kernel, dispatcher, until, stop, max_events);
}

}  // namespace

struct Simulation::State {
  World world;
  std::optional<Promises> promises;
  std::optional<Tracer> tracer;
  std::shared_ptr<const Scenario> scenario;  ///< What a witness run starts from.
  RunOptions options;
  double minor_per_unit = 100;
  WitnessCache witness;
  bool judged = false;
  Progress progress;
  Progress::Verdict verdict = Progress::Verdict::gets_on;
  bool is_stopped() const { return verdict != Progress::Verdict::gets_on; }
};

Simulation::Simulation(const Scenario& scenario, const Trace* trace, const RunOptions& options)
    : state_(std::make_unique<State>()) {
  state_->options = options;
  state_->scenario = without_recording(scenario);
  state_->minor_per_unit = minor_per_unit(scenario.chain.currency);
  state_->world = make_world(make_setup(scenario, trace, options.seed), scenario, options.mutant);
  if (options.promises) state_->promises.emplace(state_->world, options.which_promises);
  if (options.explain.empty()) return;
  std::vector<Subject> subjects;
  for (const std::string& filter : options.explain) subjects.push_back(parse_filter(state_->world, filter));
  state_->tracer.emplace(state_->world, subjects, currency_exponent(scenario.chain.currency));
}

Simulation::Simulation(const Simulation& other) : state_(std::make_unique<State>(*other.state_)) {}
Simulation::Simulation(Simulation&&) noexcept = default;
Simulation& Simulation::operator=(const Simulation& other) {
  if (this != &other) state_ = std::make_unique<State>(*other.state_);
  return *this;
}
Simulation& Simulation::operator=(Simulation&&) noexcept = default;
Simulation::~Simulation() = default;

StopReason Simulation::advance(Time until, std::uint64_t max_events, const std::atomic<bool>* stop) {
  World& world = state_->world;
  const Time last = world.setup->end + kDrain;
  const Time limit = until < last ? until : last;
  StopReason reason = StopReason::drained;
  do {
    if (state_->is_stopped()) return StopReason::drained;
    const Time look = std::min(limit, state_->progress.next_look(world.kernel.now));
    const std::uint64_t events = std::min(max_events, Progress::kEventsBetweenLooks);
    const std::uint64_t before = world.kernel.dispatched;
    if (state_->tracer) {
      ObserverPair<Promises, Tracer> both(state_->promises ? &*state_->promises : nullptr, &*state_->tracer);
      reason = run_observed(world, both, look, stop, events);
    } else if (state_->promises) {
      reason = run_observed(world, *state_->promises, look, stop, events);
    } else {
      NoObserver nobody;
      reason = run_observed(world, nobody, look, stop, events);
    }
    max_events -= world.kernel.dispatched - before;
    state_->verdict = state_->progress.look(world);
    if (reason == StopReason::reached_until && look < limit) continue;
    if (reason != StopReason::event_limit) return reason;
  } while (max_events != 0);
  return reason;
}

Time Simulation::now() const { return state_->world.kernel.now; }
Time Simulation::start() const { return state_->world.setup->start; }
Time Simulation::end() const { return state_->world.setup->end; }
bool Simulation::finished() const {
  const World& world = state_->world;
  if (state_->is_stopped()) return true;
  return world.days_are_over && (world.kernel.queue.empty() || world.kernel.now >= world.setup->end + kDrain);
}

const std::vector<std::string>& Simulation::place_ids() const { return state_->world.setup->place_ids; }
const std::vector<std::string>& Simulation::item_ids() const { return state_->world.setup->item_ids; }

namespace {

template <class Value>
std::vector<std::int32_t> matrix(const World& world, Value value) {
  const std::size_t items = world.setup->item_ids.size();
  std::vector<std::int32_t> result(world.setup->place_ids.size() * items, -1);
  for (std::uint32_t place = 0; place < world.setup->place_ids.size(); ++place) {
    const erp::PlaceMaster& master = world.setup->erp.places[place];
    const ItemIndex& index = world.setup->erp.indexes[master.index];
    for (std::uint32_t position = 0; position < index.size(); ++position)
      result[place * items + index_of(index.item(position))] = value(place, master.first_cell + position, position);
  }
  return result;
}

}  // namespace

std::vector<std::int32_t> Simulation::truth_on_hand() const {
  const World& world = state_->world;
  return matrix(world, [&](std::uint32_t place, std::uint32_t cell, std::uint32_t position) {
    if (place == world.addresses().stores) return world.warehouses[0].on_hand()[position];
    return world.truth[cell].shelf + world.truth[cell].backroom;
  });
}

std::vector<std::int32_t> Simulation::book_on_hand() const {
  const World& world = state_->world;
  return matrix(world, [&](std::uint32_t, std::uint32_t cell, std::uint32_t) { return world.book[cell].on_hand; });
}

RunCounters Simulation::counters() const {
  const World& world = state_->world;
  RunCounters counters{.events = world.kernel.dispatched,
                       .messages_pending = world.pending_messages(),
                       .messages_behind = world.backlog.behind(),
                       .messages_aside = world.bus.hospital().inside(),
                       .messages_sent_on = world.bus.hospital().patients().size() - world.bus.hospital().inside(),
                       .state_bytes = world.state_bytes(),
                       .trace_outside = world.setup->trace_outside,
                       .store_items = world.book.size()};
  for (const model::Store& store : world.stores) {
    counters.tickets += store.before_today().tickets + store.today().tickets;
    counters.lines += store.before_today().lines + store.today().lines;
  }
  return counters;
}

RunResult Simulation::result() {
  World& world = state_->world;
  RunResult result;
  result.is_partial = !finished();
  result.reached = world.kernel.now;
  if (state_->promises && finished() && !state_->judged) {
    state_->promises->finished(world);
    state_->judged = true;
  }
  result.digest = world.digest().hex();
  result.kpis = kpis_of(world.days_are_over ? world.totals_at_end : totals_of(world), state_->minor_per_unit);
  if (state_->promises) {
    result.violations = state_->promises->violations().kept;
    result.violations_counted = state_->promises->violations().counted;
    result.violations_by_promise = state_->promises->violations().by_promise;
    for (Violation& violation : result.violations) violation.explain = filter_of(world, violation.subject);
    if (state_->options.witness)
      result.no_witness = add_witnesses(*state_->scenario, world, state_->witness, result.violations);
  }
  if (state_->tracer) result.trails = state_->tracer->trails();
  result.counters = counters();
  result.rules = world.rules;
  result.faults = fault_outcomes(world);
  if (finished()) result.stuck = what_is_stuck(world, state_->verdict);
  if (state_->promises) {
    const Convergence& convergence = state_->promises->convergence();
    if (convergence.healed() != kNever) result.healed = convergence.healed();
    result.converged = convergence.converged();
    for (const PlaceId place : convergence.missing())
      result.not_converged.push_back(world.setup->place_ids[index_of(place)]);
  }
  record_book_days(world);
  record_open_exceptions(world);
  result.exceptions = exception_counts(world);
  return result;
}

std::vector<std::string> Simulation::table_names() const { return state_->world.tables.names(); }
TableView Simulation::table(const std::string& name) const { return state_->world.tables.view(name); }

}  // namespace tillstorm
