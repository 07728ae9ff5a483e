#pragma once
// What a message looks like on the wire, for machines and for people; both come from the field tables.
#include <string>

namespace tillstorm {

/// JSON Schema (draft 2020-12) of a message: one entry of `$defs` for each type. Committed as
/// scenarios/schema/messages.schema.json.
std::string message_schema();

/// Every message with its members, their types, units and meaning, in Markdown. Committed as docs/messages.md.
std::string message_reference_markdown();

}  // namespace tillstorm
