#include "harness/explain/subject.h"

#include <charconv>
#include <vector>

#include "base/error.h"
#include "base/nearest.h"
#include "harness/invariants/witness.h"
#include "world/world.h"

namespace tillstorm {
namespace {

constexpr std::string_view kForms =
    "ticket=STORE-TILL-NUMBER, message=TYPE:NUMBER@PLACE, item=ID@PLACE or exception=ID, such as "
    "ticket=0117-03-004211, message=goods_receipt:12@0117, item=4006381333931@0117, exception=12";

[[noreturn]] void refuse(std::string message, std::string_view found, std::string_view allowed,
                         std::string_view nearest = {}) {
  Problem problem;
  problem.file = "--explain";
  problem.message = std::move(message);
  problem.found = found;
  problem.allowed = allowed;
  problem.nearest = nearest;
  throw InputError({problem});
}

/// A whole number from 1; 0 if the text is none.
std::uint32_t number_in(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

std::string first_and_last(const std::vector<std::string>& ids) {
  return ids.size() == 1 ? ids.front() : std::to_string(ids.size()) + ", from " + ids.front() + " to " + ids.back();
}

PlaceId place_in(const World& world, std::string_view text) {
  const std::vector<std::string>& ids = world.setup->place_ids;
  for (std::uint32_t i = 0; i < ids.size(); ++i)
    if (ids[i] == text) return PlaceId{i};
  refuse("there is no such place", text, "one of the places: " + first_and_last(ids), nearest_name(text, ids));
}

Subject ticket_in(const World& world, std::string_view text) {
  const std::size_t last = text.rfind('-');
  const std::size_t middle = last == std::string_view::npos || last == 0 ? last : text.rfind('-', last - 1);
  if (middle == std::string_view::npos || middle == 0) refuse("this is no ticket", text, kForms);
  Subject subject;
  subject.kind = Subject::Kind::message;
  subject.place = place_in(world, text.substr(0, middle));
  const std::string_view till = text.substr(middle + 1, last - middle - 1);
  const auto tills = static_cast<std::uint32_t>(world.setup->erp.places[index_of(subject.place)].terminals);
  const std::uint32_t terminal = number_in(till);
  if (terminal == 0 || terminal > tills)
    refuse("the place has no such till", till, tills == 0 ? "no till" : "a till from 1 to " + std::to_string(tills));
  subject.terminal = static_cast<std::uint16_t>(terminal - 1);
  subject.number = number_in(text.substr(last + 1));
  if (subject.number == 0) refuse("this is no ticket number", text.substr(last + 1), "a whole number from 1");
  return subject;
}

Subject message_in(const World& world, std::string_view text) {
  const std::size_t at = text.rfind('@'), colon = text.find(':');
  if (at == std::string_view::npos || colon == std::string_view::npos || colon > at)
    refuse("this is no message", text, kForms);
  static constexpr MessageType kTraced[] = {MessageType::goods_receipt, MessageType::day_close,
                                            MessageType::dispatch,      MessageType::purchase_receipt,
                                            MessageType::online_order,  MessageType::online_shipment};
  std::vector<std::string_view> names;
  Subject subject;
  const std::string_view type = text.substr(0, colon);
  for (const auto& each : names_of(MessageType{}))
    for (const MessageType traced : kTraced) {
      if (each.value != traced) continue;
      names.push_back(each.name);
      if (each.name != type) continue;
      subject.kind = Subject::Kind::message;
      subject.type = traced;
    }
  if (subject.kind == Subject::Kind::nothing) {
    std::string allowed = "one of";
    for (const std::string_view name : names) allowed += " " + std::string(name);
    refuse("no message of this type can be followed", type, allowed + "; a ticket is ticket=STORE-TILL-NUMBER",
           nearest_name(type, names));
  }
  subject.place = place_in(world, text.substr(at + 1));
  subject.number = number_in(text.substr(colon + 1, at - colon - 1));
  if (subject.number == 0)
    refuse("this is no message number", text.substr(colon + 1, at - colon - 1), "a whole number from 1");
  return subject;
}

Subject item_in(const World& world, std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) refuse("this is no item at a place", text, kForms);
  const PlaceId place = place_in(world, text.substr(at + 1));
  const std::string_view name = text.substr(0, at);
  const std::vector<std::string>& ids = world.setup->item_ids;
  for (std::uint32_t i = 0; i < ids.size(); ++i) {
    if (ids[i] != name) continue;
    const erp::Setup& erp = world.setup->erp;
    if (erp.indexes[erp.places[index_of(place)].index].position(ItemId{i}) == kNone)
      refuse("the place does not carry this item", text, "an item of its assortment");
    return subject_of(ItemId{i}, place);
  }
  refuse("there is no such item", name, "one of the items: " + first_and_last(ids), nearest_name(name, ids));
}

Subject exception_in(std::string_view text) {
  Subject subject;
  subject.kind = Subject::Kind::exception;
  subject.number = number_in(text);
  if (subject.number == 0) refuse("this is no exception", text, "its id in book.exceptions, a whole number from 1");
  return subject;
}

}  // namespace

Subject subject_of(const Envelope& e) {
  Subject subject;
  subject.kind = Subject::Kind::message;
  subject.type = e.type;
  subject.place = e.place;
  subject.terminal = e.terminal;
  subject.number = e.number;
  return subject;
}

Subject subject_at(PlaceId place, std::uint32_t sequence) {
  Subject subject;
  subject.kind = Subject::Kind::message;
  subject.place = place;
  subject.sequence = sequence;
  return subject;
}

Subject subject_of(ItemId item, PlaceId place) {
  Subject subject;
  subject.kind = Subject::Kind::item;
  subject.place = place;
  subject.item = item;
  return subject;
}

std::string filter_of(const World& world, const Subject& subject) {
  if (subject.kind == Subject::Kind::item)
    return "item=" + world.setup->item_ids[index_of(subject.item)] + "@" + place_name(world, subject.place);
  if (subject.kind == Subject::Kind::nothing || subject.number == 0) return {};
  if (subject.kind == Subject::Kind::exception) return "exception=" + std::to_string(subject.number);
  Envelope e;
  e.type = subject.type;
  e.place = subject.place;
  e.terminal = subject.terminal;
  e.number = subject.number;
  if (e.type == MessageType::ticket) return "ticket=" + ticket_name(world, e);
  const auto names = names_of(MessageType{});
  for (const auto& name : names)
    if (name.value == e.type)
      return "message=" + std::string(name.name) + ":" + std::to_string(e.number) + "@" + place_name(world, e.place);
  return {};
}

Subject parse_filter(const World& world, std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::string_view kind = text.substr(0, equals);
  if (equals != std::string_view::npos) {
    const std::string_view id = text.substr(equals + 1);
    if (kind == "ticket") return ticket_in(world, id);
    if (kind == "message") return message_in(world, id);
    if (kind == "item") return item_in(world, id);
    if (kind == "exception") return exception_in(id);
  }
  static constexpr std::string_view kKinds[] = {"ticket", "message", "item", "exception"};
  refuse("nothing of this kind can be explained", text, kForms, nearest_name(kind, kKinds));
}

}  // namespace tillstorm
