#include "harness/promises.h"

namespace tillstorm {

Promises::Promises(const World& world)
    : exactly_once_(world),
      nothing_lost_(world),
      units_conserved_(world),
      book_equals_truth_(world),
      convergence_(world) {}

std::vector<std::string> Promises::names() {
  return {ExactlyOnce::kName,    NothingLost::kName,     TendersEqualTicket::kName,
          UnitsConserved::kName, JournalBalanced::kName, BookEqualsTruth::kName};
}

void Promises::handed_over(const World& world, std::uint32_t source, MessageId id) {
  const Message& message = world.pool[id];
  convergence_.before(world, nothing_lost_, units_conserved_);
  nothing_lost_.handed_over(source, message);
  if (message.envelope.type == MessageType::ticket) tenders_equal_ticket_.check_ticket(world, id, violations_);
  if (message.envelope.type == MessageType::day_close) tenders_equal_ticket_.check_day(world, id, violations_);
  units_conserved_.handed_over(world, source, id);
}

void Promises::posted(const World& world, PlaceId place, const Message& message, erp::Posting posting) {
  convergence_.before(world, nothing_lost_, units_conserved_);
  journal_balanced_.posted(world, place, message, violations_);
  if (posting == erp::Posting::duplicate) return;
  exactly_once_.posted(world, message, violations_);
  nothing_lost_.posted(message);
  convergence_.posted(world, place, nothing_lost_, units_conserved_);
  if (message.envelope.type != MessageType::day_close) return;
  // A quiet moment of the place: its day is over and everything it said before has been posted.
  if (!nothing_lost_.is_quiet(index_of(place))) return;
  units_conserved_.check_place(world, place, violations_);
  book_equals_truth_.check_place(world, place, violations_);
  journal_balanced_.check_place(world, place, violations_);
}

void Promises::finished(const World& world) {
  convergence_.before(world, nothing_lost_, units_conserved_);
  nothing_lost_.finished(world, violations_);
  for (std::uint32_t place = 0; place < world.addresses().places(); ++place) {
    units_conserved_.check_place(world, PlaceId{place}, violations_);
    book_equals_truth_.check_place(world, PlaceId{place}, violations_);
    journal_balanced_.check_place(world, PlaceId{place}, violations_);
  }
}

}  // namespace tillstorm
