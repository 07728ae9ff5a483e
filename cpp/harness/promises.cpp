#include "harness/promises.h"

namespace tillstorm {

using promise_detail::Finished;
using promise_detail::HandedOver;
using promise_detail::Posted;
using promise_detail::Published;
using promise_detail::Quiet;
using promise_detail::TakenIn;

std::vector<PromiseText> Promises::texts() {
  std::vector<PromiseText> texts;
  AllPromises::texts([&](const PromiseText& text) { texts.push_back(text); });
  return texts;
}

std::vector<std::string> Promises::names() {
  std::vector<std::string> names;
  AllPromises::texts([&](const PromiseText& text) { names.emplace_back(text.name); });
  return names;
}

std::uint32_t Promises::bit_of(std::string_view name) {
  std::uint32_t bit = 1, found = 0;
  AllPromises::texts([&](const PromiseText& text) {
    if (text.name == name) found = bit;
    bit <<= 1U;
  });
  return found;
}

Promises::Promises(const World& world, std::uint32_t which) : all_(world), which_(which), convergence_(world) {
  told_.said.assign(world.addresses().places(), 0);
  told_.posted.resize(told_.said.size());
  told_.aside.resize(told_.said.size());
  told_.out.assign(told_.said.size(), 0);
  told_.cancelled.assign(told_.said.size(), 0);
  if (!world.setup->model.demand.is_trace) return;
  std::uint32_t bit = 1;
  AllPromises::texts([&](const PromiseText& text) {
    if (!text.in_trace_mode) which_ &= ~bit;
    bit <<= 1U;
  });
}

void Promises::handed_over(const World& world, std::uint32_t source, MessageId id) {
  convergence_.before(world, told_, all_.get<UnitsConserved>());
  if (world.pool[id].envelope.type != MessageType::online_order) ++told_.said[source];
  const CheckPoint c{world, told_, violations_};
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (HandedOver<P>) promise.handed_over(c, source, id);
  });
}

void Promises::posted(const World& world, PlaceId place, const Message& message, erp::Posting posting) {
  convergence_.before(world, told_, all_.get<UnitsConserved>());
  CheckPoint c{world, told_, violations_};
  if (told_.out[index_of(place)] != 0 && told_.was_aside(message.envelope) &&
      !told_.posted[index_of(place)].contains(message.envelope.source_sequence))
    --told_.out[index_of(place)];
  if (posting == erp::Posting::first)
    c.is_repeat = !told_.posted[index_of(message.envelope.place)].insert(message.envelope.source_sequence);
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (Posted<P>) promise.posted(c, place, message, posting);
  });
  if (posting == erp::Posting::first) convergence_.posted(world, place, told_, all_.get<UnitsConserved>());
  // A quiet moment of the place: its day is over and everything it said before has been posted.
  if (message.envelope.type != MessageType::day_close || !told_.is_quiet(index_of(place))) return;
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (Quiet<P>) promise.quiet(c, place);
  });
}

void Promises::set_aside(const World& world, const integration::Bus::Aside& aside) {
  convergence_.before(world, told_, all_.get<UnitsConserved>());
  const std::uint32_t place = index_of(aside.envelope.place);
  const bool is_posted = told_.posted[place].contains(aside.envelope.source_sequence);
  if (aside.is_cancelled) {
    if (is_posted) return;
    --told_.out[place];
    ++told_.cancelled[place];
  } else if (told_.aside[place].insert(aside.envelope.source_sequence) && !is_posted) {
    ++told_.out[place];
  }
}

void Promises::published(const World& world) {
  const CheckPoint c{world, told_, violations_};
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (Published<P>) promise.published(c);
  });
}

void Promises::taken_in(const World& world, std::uint32_t source, MessageId id) {
  const CheckPoint c{world, told_, violations_};
  const Message& message = world.pool[id];
  if (message.envelope.type != MessageType::price_batch) return;
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (TakenIn<P>) promise.taken_in(c, source, message);
  });
}

void Promises::finished(const World& world) {
  convergence_.before(world, told_, all_.get<UnitsConserved>());
  const CheckPoint c{world, told_, violations_};
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (Finished<P>) promise.finished(c);
    if constexpr (Quiet<P>)
      for (std::uint32_t place = 0; place < told_.said.size(); ++place)
        if (told_.is_quiet(place)) promise.quiet(c, PlaceId{place});
  });
}

}  // namespace tillstorm
