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

std::string reason(const World& world, const integration::Ingress& ingress) {
  const integration::FaultKnobs& knobs = ingress.faults();
  if (knobs.stopped.is_on()) return "the books take nothing" + because_of(world, knobs.stopped);
  switch (ingress.state()) {
    case integration::Ingress::State::serving:
      return "each posting takes its time" +
             because_of(world, knobs.erp_service.is_on() ? knobs.erp_service : knobs.middleware_service);
    case integration::Ingress::State::backing_off:
      return "the ERP refuses the first of them" + because_of(world, knobs.reject_ppm);
    case integration::Ingress::State::idle:
      break;
  }
  return "nothing moves them on";
}

std::string since(const World& world, MessageId message) {
  return " since " + format_moment({world.pool[message].handed_over.us, true});
}

}  // namespace

bool Progress::is_stuck(const World& world) {
  const Time now = world.kernel.now;
  if (now != instant_) {
    instant_ = now;
    events_before_ = world.kernel.dispatched;
  } else if (world.kernel.dispatched - events_before_ > kEventsAtOneInstant) {
    return true;
  }
  Time healed = world.setup->end;
  for (const FaultSetup& fault : world.setup->faults) healed = std::max(healed, fault.when.until());
  if (!world.days_are_over || now < healed || world.pending_messages() == 0) return false;
  if (const std::uint64_t count = taken_in(world); count != taken_in_ || since_ < healed) {
    taken_in_ = count;
    since_ = now;
  }
  return now - since_ > kLongestSilence;
}

std::vector<std::string> what_is_stuck(const World& world) {
  std::vector<std::string> lines;
  const Addresses& a = world.addresses();
  for (std::uint32_t source = 0; source < a.sources(); ++source) {
    const std::uint32_t up = World::up_channel(source), down = World::down_channel(source);
    const std::string name = source_name(world, source);
    if (const auto& log = world.senders[up]; log.pending() != 0)
      lines.push_back(name + " has sent or kept " + messages(log.pending()) + " without acknowledgement" +
                      since(world, log.pending_message(0)) + ": " + reason(world, up) + ".");
    if (source < a.places() && world.ingress[source].in_line() != 0) {
      const integration::Ingress& ingress = world.ingress[source];
      lines.push_back(messages(ingress.held()) + " of " + name + " wait at the middleware for the ERP" +
                      since(world, ingress.in_line(0)) + ": " + reason(world, ingress) + ".");
    }
    if (const auto& log = world.senders[down]; log.pending() != 0)
      lines.push_back("the middleware has " + messages(log.pending()) + " for " + name +
                      " without acknowledgement: " + reason(world, down) + ".");
  }
  return lines;
}

}  // namespace tillstorm
