#include "harness/stuck.h"

#include <algorithm>

#include "base/iso8601.h"
#include "harness/invariants/witness.h"

namespace tillstorm {
namespace {

std::uint64_t taken_in(const World& world) {
  std::uint64_t count = 0;
  for (const erp::Partition& partition : world.partitions) count += partition.posted();
  for (const integration::ChannelReceiver& receiver : world.receivers) count += receiver.received_up_to();
  return count;
}

std::string because_of(const World& world, const integration::Knob& knob) {
  if (knob.fault >= world.setup->faults.size()) return "";
  return " (fault " + std::to_string(knob.fault) + ", " +
         std::string(text_of(world.setup->faults[knob.fault].kind).name) + ")";
}

std::string messages(std::uint64_t count) { return std::to_string(count) + (count == 1 ? " message" : " messages"); }

std::string source_name(const World& world, std::uint32_t source) {
  return source < world.addresses().places() ? place_name(world, PlaceId{source}) : std::string("the ecommerce front");
}

/// Why a link's log does not empty.
std::string reason(const World& world, std::uint32_t channel) {
  const integration::ChannelSender& sender = world.senders[channel];
  const integration::ChannelReceiver& receiver = world.receivers[channel];
  if (sender.is_down()) return "nothing can be sent" + because_of(world, sender.faults().down);
  if (receiver.faults().down.is_on()) return "nobody answers" + because_of(world, receiver.faults().down);
  if (receiver.faults().refuse_ppm.is_on()) return "they are refused" + because_of(world, receiver.faults().refuse_ppm);
  if (sender.faults().any) return "the link is disturbed";
  if (receiver.received_up_to() + 1 < sender.first_pending())
    return "the receiver waits for number " + std::to_string(receiver.received_up_to() + 1) +
           ", which the sender no longer has";
  if (receiver.received_up_to() >= sender.first_pending())
    return "they have arrived up to number " + std::to_string(receiver.received_up_to()) +
           ", but no acknowledgement came back";
  return sender.is_replaying() ? "the backlog is still being sent" : "they wait to be sent again";
}

/// Why the first of a place's messages does not reach the books.
std::string reason(const World& world, const integration::Job& job) {
  const integration::FaultKnobs& knobs = world.bus.faults();
  if (knobs.stopped.is_on()) return "the books take nothing" + because_of(world, knobs.stopped);
  switch (job.state) {
    case integration::Job::State::in_service:
      return "each posting takes its time" +
             because_of(world, knobs.erp_service.is_on() ? knobs.erp_service : knobs.middleware_service);
    case integration::Job::State::backing_off:
      return "the ERP refuses the first of them" +
             because_of(world, knobs.unreachable.is_on() ? knobs.unreachable : knobs.reject_ppm);
    case integration::Job::State::parked:
      return "something of the first of them is set aside, and they wait for it";
    case integration::Job::State::ready:
      return "the first of them waits for a worker, the quota or a breaker";
    case integration::Job::State::waiting:
      return "the first of them waits for what is before it in its order";
    case integration::Job::State::done:
      break;
  }
  return "nothing moves them on";
}

std::string since(Time at) { return " since " + format_moment({at.us, true}); }

}  // namespace

Progress::Verdict Progress::look(const World& world) {
  const Time now = world.kernel.now;
  if (now != instant_) {
    instant_ = now;
    events_before_ = world.kernel.dispatched;
  } else if (world.kernel.dispatched - events_before_ > kEventsAtOneInstant) {
    return Verdict::endless_instant;
  }
  Time healed = world.setup->end;
  for (const FaultSetup& fault : world.setup->faults) healed = std::max(healed, fault.when.until());
  if (!world.days_are_over || now < healed || world.pending_messages() == 0) return Verdict::gets_on;
  if (const std::uint64_t count = taken_in(world); count != taken_in_ || since_ < healed) {
    taken_in_ = count;
    since_ = now;
  }
  return now - since_ > kLongestSilence ? Verdict::silent_drain : Verdict::gets_on;
}

std::vector<std::string> what_is_stuck(const World& world, Progress::Verdict verdict) {
  std::vector<std::string> lines;
  if (verdict == Progress::Verdict::endless_instant)
    lines.push_back("the run was stopped at " + format_moment({world.kernel.now.us, true}) +
                    ": events without end at this instant.");
  const Addresses& a = world.addresses();
  for (std::uint32_t source = 0; source < a.sources(); ++source) {
    const std::uint32_t up = World::up_channel(source), down = World::down_channel(source);
    const std::string name = source_name(world, source);
    if (const auto& log = world.senders[up]; log.pending() != 0)
      lines.push_back(name + " has sent or kept " + messages(log.pending()) + " without acknowledgement" +
                      since(world.pool[log.pending_message(0)].handed_over) + ": " + reason(world, up) + ".");
    const integration::Job* const first = source < a.places() ? world.bus.first_open(source) : nullptr;
    if (first != nullptr)
      lines.push_back(messages(world.bus.held(source)) + " of " + name + " wait at the middleware for the ERP" +
                      since(first->received) + ": " + reason(world, *first) + ".");
    if (const auto& log = world.senders[down]; log.pending() != 0)
      lines.push_back("the middleware has " + messages(log.pending()) + " for " + name +
                      " without acknowledgement: " + reason(world, down) + ".");
  }
  return lines;
}

}  // namespace tillstorm
