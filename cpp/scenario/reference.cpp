// The reference of the scenario document, in Markdown.
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "scenario/encode.h"
#include "scenario/scenario.h"
#include "scenario/schema.h"

namespace tillstorm {
namespace {

constexpr std::string_view kPreface = R"(# Scenario reference

Generated from the field tables in `cpp/scenario/` and `cpp/rules/`; a test compares this page with the code. To write it
anew after a change, run `TILLSTORM_UPDATE=1 ctest --preset release -R 'Scenario(Schema|Reference)'`.

A scenario is one JSON object in UTF-8. Every key may be left out unless it is marked *required*; unknown keys are
errors. Errors are reported together: first all that cannot be read (types, unknown keys, ranges), then, once all can
be, all that contradicts itself (names, dates, references).

- **`extends`** names another scenario (`"tutorial/two_stores"`), in the folder of the file or packaged with tillstorm.
  Objects are merged key by key; lists and plain values replace what was inherited; `null` resets to the default, or to
  absent where absent is possible. `name`, `description`, `$schema` and `expect.digest` are not inherited. What
  `expect` says is inherited like everything else: a bound that the other scenario should not have is taken away with
  `"expect": { "kpis": { "tickets": null } }`.
- **Overrides** (`--set integration.posting.mode=batch`, `faults[0].for=PT2H`) are read like a further document over it.
- **Dates** `2026-11-27`; **times of day** `09:00` to `30:00`, so that a day may close after midnight; **moments**
  `2026-11-27T10:00` on the chain's clock, or with an offset (`Z`, `-05:00`); **durations** `PT2H`, `P1DT30M`, `P2W`.
- **Money** is in minor units of `chain.currency`, **rates** in parts per million (ppm): 75200 ppm is 7.52 %.
- **Order changes nothing**: stores, items and assortments are taken in the order of their ids.
- **Sources** name the row of [parameters.csv](parameters.csv) (value, range, publication), or the rule, that a default
  comes from; `assumption` is a judgement. Empty means a switch, a name or a seed: no figure about the world.
)";

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

/// Table cells hold no bars and no line breaks.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

template <class T>
std::string type_text() {
  if constexpr (is_optional<T>) {
    return type_text<typename T::value_type>() + ", or absent";
  } else if constexpr (is_list<T>) {
    return "list of " + type_text<typename T::value_type>();
  } else if constexpr (is_named<T>) {
    return "object with names as keys";
  } else if constexpr (std::is_same_v<T, AllOrSome>) {
    return "\"all\", or list of text";
  } else if constexpr (std::is_same_v<T, LawSpec>) {
    return "[law](#laws)";
  } else if constexpr (FieldStruct<T>) {
    return "object";
  } else if constexpr (NamedEnum<T>) {
    return "name";
  } else if constexpr (std::is_same_v<T, Duration>) {
    return "duration";
  } else if constexpr (std::is_same_v<T, Date>) {
    return "date";
  } else if constexpr (std::is_same_v<T, TimeOfDay>) {
    return "time of day";
  } else if constexpr (std::is_same_v<T, Moment>) {
    return "moment";
  } else if constexpr (std::is_same_v<T, bool>) {
    return "true or false";
  } else if constexpr (WholeNumber<T>) {
    return "whole number";
  } else if constexpr (std::is_same_v<T, double>) {
    return "number";
  } else {
    return "text";
  }
}

/// The innermost type of lists and optionals.
template <class T>
struct Innermost {
  using Type = T;
};
template <class T>
struct Innermost<std::optional<T>> : Innermost<T> {};
template <class T>
struct Innermost<std::vector<T>> : Innermost<T> {};
template <class T>
struct Innermost<Named<T>> : Innermost<T> {};

/// On one line, as far as a table has room.
std::string short_json(const JsonNode& node) {
  std::string text = write_json(node);
  std::string out;
  for (const char c : text) {
    const bool is_break = c == '\n' || c == ' ';
    if (!is_break) {
      out += c;
    } else if (!out.empty() && out.back() != ' ' && out.back() != '{' && out.back() != '[') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

template <class T>
std::string default_text(const T& usual, const Field& field) {
  if (field.is_required) return "*required*";
  using Inner = typename Innermost<T>::Type;
  if constexpr (is_optional<T>) {
    if (!usual) return "absent";
  }
  if constexpr (is_list<T>) {
    if (usual.empty()) return "none";
  }
  if constexpr (is_named<T>) {
    if (usual.entries.empty()) return "none";
  }
  if constexpr (std::is_same_v<T, std::string>) {
    if (usual.empty()) return "";
  }
  if constexpr (FieldStruct<Inner> && !std::is_same_v<Inner, LawSpec>) {
    return "see below";
  } else {
    return code(short_json(encode(usual, T{})));
  }
}

template <class T>
std::string range_text(const Field& field) {
  using Inner = typename Innermost<T>::Type;
  std::string out;
  const auto number = [](double value) { return json_number(value).text; };
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (field.min > -kInfinity && field.max < kInfinity) {
    out = number(field.min) + " to " + number(field.max);
  } else if (field.min > -kInfinity) {
    out = "from " + number(field.min);
  } else if (WholeNumber<Inner> && std::is_unsigned_v<Inner>) {
    out = "from 0";
  }
  if (field.min_items == 0 && field.max_items == std::numeric_limits<std::size_t>::max()) return out;
  if (!out.empty()) out += "; ";
  if (field.min_items == field.max_items) return out + std::to_string(field.min_items) + " entries";
  return out + std::to_string(field.min_items) + " to " + std::to_string(field.max_items) + " entries";
}

template <class T>
std::string meaning_text(const Field& field) {
  std::string out(field.meaning);
  using Inner = typename Innermost<T>::Type;
  if constexpr (NamedEnum<Inner>) {
    for (const auto& entry : names_of(Inner{})) out += " " + code(entry.name) + ": " + std::string(entry.meaning);
  }
  return out;
}

class Page {
 public:
  std::string take() { return std::move(text_); }
  void add(std::string_view text) { text_ += text; }

  template <FieldStruct S>
  void section(const std::string& title, std::string_view about, const S& usual, const std::string& path) {
    text_ += "\n## " + title + "\n\n";
    if (!about.empty()) text_ += std::string(about) + "\n\n";
    text_ += "| key | meaning | type | default | unit | range | source |\n|---|---|---|---|---|---|---|\n";
    RowVisitor<S> rows{*this, usual};
    S::fields(rows);
    SectionVisitor<S> sections{*this, usual, path};
    S::fields(sections);
  }

 private:
  template <class S>
  struct RowVisitor {
    Page& page;
    const S& usual;
    template <class T>
    void operator()(T S::*member, const Field& field) {
      page.row({code(field.name), meaning_text<T>(field), type_text<T>(), default_text(usual.*member, field),
                std::string(field.unit), range_text<T>(field), std::string(field.source)});
    }
  };

  template <class S>
  struct SectionVisitor {
    Page& page;
    const S& usual;
    const std::string& path;
    template <class T>
    void operator()(T S::*member, const Field& field) {
      using Inner = typename Innermost<T>::Type;
      if constexpr (FieldStruct<Inner> && !std::is_same_v<Inner, LawSpec>) {
        const bool is_list_of = !std::is_same_v<T, Inner> && !std::is_same_v<T, std::optional<Inner>>;
        const std::string inner_path = (path.empty() ? "" : path + ".") + std::string(field.name);
        const std::string_view suffix = is_named<T> ? ".NAME" : is_list_of ? "[]" : "";
        const std::string title = code(inner_path + std::string(suffix));
        if constexpr (std::is_same_v<T, Inner>) {
          page.section(title, field.meaning, usual.*member, inner_path);
        } else {
          page.section(title, field.meaning, Inner{}, inner_path + std::string(suffix));
        }
      }
    }
  };

  void row(std::initializer_list<std::string> cells) {
    text_ += "|";
    for (const std::string& each : cells) text_ += " " + cell(each) + (each.empty() ? "|" : " |");
    text_ += "\n";
  }

  std::string text_;
};

}  // namespace

std::string scenario_reference_markdown() {
  Page page;
  page.add(kPreface);
  page.section("The document", "", Scenario{}, "");
  page.section("Laws",
               "A distribution of values that are never negative, in the unit of the key that holds it. Only the "
               "parameters that the law names are used.",
               LawSpec{}, "");
  return page.take();
}

}  // namespace tillstorm
