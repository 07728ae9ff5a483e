#pragma once
#include <string>

namespace tillstorm {

/// Every promise with its equation, what it needs and the rules it guards, in Markdown. Committed as docs/promises.md.
std::string promise_reference_markdown();

}  // namespace tillstorm
