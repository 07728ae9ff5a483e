#include "harness/invariants/exception_owned.h"

#include <algorithm>
#include <string>

#include "messages/exception_report.h"

namespace tillstorm {
namespace {

/// How long the news of a message may take to the exception desk: that it is set aside, or is no more.
constexpr Duration kNews = kMinute;

}  // namespace

void ExceptionOwned::set_aside(const CheckPoint& c, const integration::Bus::Aside& aside) {
  const std::uint64_t subject = exception_subject(aside.envelope);
  if (aside.is_cancelled) {
    end(c, subject);
  } else {
    patients_[subject] = {aside.envelope, aside.type, c.world.kernel.now};
  }
}

void ExceptionOwned::posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting) {
  if (message.set_aside_as != 0 && erp::is_settled(posting)) [[unlikely]]
    end(c, exception_subject(as_it_came(message)));
  if (message.envelope.type == MessageType::day_close && erp::is_posted(posting) && !patients_.empty()) [[unlikely]]
    look_at(c, place);
}

void ExceptionOwned::finished(const CheckPoint& c) {
  for (std::uint32_t place = 0; place < c.world.addresses().places(); ++place) look_at(c, PlaceId{place});
  for (const auto& [number, item] : c.world.desk.open())
    if (item.holds_message && !item.is_cleared && !patients_.contains(item.subject)) look_at(c, item);
}

/// It is nobody's work any more, and its exception hears of that soon.
void ExceptionOwned::end(const CheckPoint& c, std::uint64_t subject) {
  patients_.erase(subject);
  const Time now = c.world.kernel.now;
  while (!ended_.empty() && now - ended_.front().at >= kNews) ended_.pop_front();
  ended_.push_back({subject, now});
}

/// An exception that says it holds a message which is not set aside.
void ExceptionOwned::look_at(const CheckPoint& c, const erp::ExceptionItem& item) const {
  for (std::uint32_t i = 0; i < ended_.size(); ++i)
    if (ended_[i].subject == item.subject && c.world.kernel.now - ended_[i].at < kNews) return;
  const Entity entity = entity_of(c.world, erp::envelope_about(item));
  c.violations.add(violation_at(c.world, text.name, item.place, entity, 0, 1,
                                entity.name + " is not set aside, and an exception of type " +
                                    std::string(text_of(item.type).id) + " about it is open: nobody can end it."));
}

void ExceptionOwned::look_at(const CheckPoint& c, PlaceId place) {
  for (auto& [subject, patient] : patients_) {
    if (patient.envelope.place != place || patient.was_wrong || c.world.kernel.now - patient.since < kNews) continue;
    const erp::ExceptionItem* const item = c.world.desk.find(patient.type, subject);
    if (item == nullptr) {
      report(c, patient, 0,
             "is kept by the middleware, and no exception about it is open: nobody will ever look at it.");
    } else if (!c.world.desk.has_people(*item)) {
      report(c, patient, 0, "is the business of a role that has nobody.");
    } else if (const std::uint32_t count = how_many(c, subject); count != 1) {
      report(c, patient, count, "is not one open exception: more than one person works on it, or nobody knows.");
    }
  }
}

/// Open items about a message; where each occurrence is an item of its own, several are one.
std::uint32_t ExceptionOwned::how_many(const CheckPoint& c, std::uint64_t subject) {
  const std::uint32_t count = c.world.desk.count_holding(subject);
  return c.world.setup->erp.exceptions.rule.coalesce_by == CoalesceBy::subject ? count : std::min(count, 1U);
}

void ExceptionOwned::report(const CheckPoint& c, Patient& patient, std::uint32_t count, std::string_view what) {
  patient.was_wrong = true;
  const Entity entity = entity_of(c.world, patient.envelope);
  c.violations.add(
      violation_at(c.world, text.name, patient.envelope.place, entity, 1, count,
                   entity.name + ", set aside as " + std::string(text_of(patient.type).id) + ", " + std::string(what)));
}

}  // namespace tillstorm
