#pragma once
// MSG-13: messages set aside, and what people may do with them.
#include <cstdint>
#include <vector>

#include "base/fields.h"

namespace tillstorm {

enum class RepairKey : std::uint8_t { same_key, new_key };
constexpr auto names_of(RepairKey) {
  return std::array{
      EnumName<RepairKey>{RepairKey::same_key, "same_key", "The one that it had."},
      EnumName<RepairKey>{RepairKey::new_key, "new_key", "Another one: what was posted after all posts again."}};
}

/// What of a message somebody may have to edit before it can be posted.
enum class MessageField : std::uint8_t { item, tender, tax_code, department, location, quantity, amount };
constexpr auto names_of(MessageField) {
  return std::array{EnumName<MessageField>{MessageField::item, "item", "Which item a line is about."},
                    EnumName<MessageField>{MessageField::tender, "tender", "How it was paid."},
                    EnumName<MessageField>{MessageField::tax_code, "tax_code", "How a line is taxed."},
                    EnumName<MessageField>{MessageField::department, "department", "Whose sale a line is."},
                    EnumName<MessageField>{MessageField::location, "location", "Where it comes from."},
                    EnumName<MessageField>{MessageField::quantity, "quantity", "How many units."},
                    EnumName<MessageField>{MessageField::amount, "amount", "How much money."}};
}
/// Such an edit changes stock or ledgers: it takes two people.
constexpr bool is_quantity_or_amount(MessageField field) {
  return field == MessageField::quantity || field == MessageField::amount;
}

struct RepairRule {
  RepairKey key_policy = RepairKey::same_key;
  std::vector<MessageField> editable_fields{MessageField::item, MessageField::tender, MessageField::tax_code,
                                            MessageField::department, MessageField::location};
  std::int32_t max_resubmits = 5;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&RepairRule::key_policy,
          Field("key_policy", "Under which key a message is sent on by hand.").from("rule MSG-13"));
    visit(&RepairRule::editable_fields,
          Field("editable_fields",
                "What the owner of an exception may edit in its message; the rest is left to the next level of "
                "escalation. A quantity or an amount takes a second person, a finance analyst, in any case.")
              .from("rule MSG-13"));
    visit(&RepairRule::max_resubmits,
          Field("max_resubmits", "A message that has failed so often after repair is somebody else's problem.")
              .in("times")
              .range(1, 1000)
              .from("rule MSG-13"));
  }
};

}  // namespace tillstorm
