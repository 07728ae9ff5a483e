#include "harness/promises.h"

namespace tillstorm {

using promise_detail::Finished;
using promise_detail::HandedOver;
using promise_detail::Posted;
using promise_detail::Published;
using promise_detail::Quiet;
using promise_detail::SetAside;
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

bool Told::note(std::uint32_t place, const Envelope& envelope, erp::Posting posting) {
  const std::uint32_t sequence = envelope.source_sequence;
  if (erp::is_posted(posting) || posting == erp::Posting::ignored) {
    if (!kept[place].empty()) [[unlikely]]
      std::erase_if(kept[place], [&](const KeptMessage& each) { return each.sequence == sequence; });
    return posted[place].insert(sequence);
  }
  if (posting == erp::Posting::duplicate) {  // it was kept, and is now taken for a repeat: nobody has it any more
    let_go(place, envelope);
    return true;
  }
  keep(place, envelope);
  return true;
}

Promises::Promises(const World& world, std::uint32_t which) : all_(world), which_(which), convergence_(world) {
  told_.said.assign(world.addresses().places(), 0);
  told_.posted.resize(told_.said.size());
  told_.kept.resize(told_.said.size());
  told_.in_tills.resize(told_.said.size());
  if (!world.setup->model.demand.is_trace) return;
  std::uint32_t bit = 1;
  AllPromises::texts([&](const PromiseText& text) {
    if (!text.in_trace_mode) which_ &= ~bit;
    bit <<= 1U;
  });
}

void Promises::handed_over(const World& world, std::uint32_t source, MessageId id) {
  convergence_.before(world, told_, all_.get<UnitsConserved>());
  const Envelope& e = world.pool[id].envelope;
  if (source < told_.said.size()) {
    ++told_.said[source];
    if (told_.in_tills[source].let_go(e)) return;  // the promises have heard of it when it happened
  }
  const CheckPoint c{world, told_, violations_};
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (HandedOver<P>) promise.handed_over(c, source, id);
  });
}

void Promises::kept_back(const World& world, std::uint32_t source, MessageId id) {
  convergence_.before(world, told_, all_.get<UnitsConserved>());
  told_.in_tills[source].keep(world.pool[id].envelope);
  const CheckPoint c{world, told_, violations_};
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (HandedOver<P>) promise.handed_over(c, source, id);
  });
}

void Promises::posted(const World& world, PlaceId place, const Message& message, erp::Posting posting) {
  convergence_.before(world, told_, all_.get<UnitsConserved>());
  CheckPoint c{world, told_, violations_};
  const std::uint32_t said_by = index_of(message.envelope.place);
  if (!told_.kept[said_by].empty()) [[unlikely]]
    c.was_kept = told_.is_kept(said_by, message.envelope.source_sequence);
  if (posting != erp::Posting::duplicate || c.was_kept) c.is_repeat = !told_.note(said_by, message.envelope, posting);
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (Posted<P>) promise.posted(c, place, message, posting);
  });
  if (erp::is_posted(posting) || posting == erp::Posting::ignored)
    convergence_.posted(world, place, told_, all_.get<UnitsConserved>());
  // A quiet moment of the place: its day is over and everything it said before has been posted.
  if (message.envelope.type != MessageType::day_close || !told_.is_quiet(index_of(place))) return;
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (Quiet<P>) promise.quiet(c, place);
  });
}

void Promises::set_aside(const World& world, const integration::Bus::Aside& aside) {
  convergence_.before(world, told_, all_.get<UnitsConserved>());
  const std::uint32_t place = index_of(aside.envelope.place);
  if (aside.is_cancelled) {  // nobody has it any more: it must stand in the books, or it is lost
    told_.let_go(place, aside.envelope);
  } else {
    told_.keep(place, aside.envelope);
  }
  const CheckPoint c{world, told_, violations_};
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (SetAside<P>) promise.set_aside(c, aside);
  });
}

void Promises::published(const World& world) {
  const CheckPoint c{world, told_, violations_};
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (Published<P>) promise.published(c);
  });
}

void Promises::taken_in(const World& world, std::uint32_t source, MessageId id) {
  const CheckPoint c{world, told_, violations_};
  const MessageType type = world.pool[id].envelope.type;
  if (type != MessageType::price_batch && type != MessageType::item_batch) return;
  all_.each(which_, [&]<class P>(P& promise) {
    if constexpr (TakenIn<P>) promise.taken_in(c, source, id);
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
