#pragma once
// A JSON tree into plain structs, by their field tables.
#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/nearest.h"
#include "scenario/decode_scalar.h"
#include "scenario/field_traits.h"

namespace tillstorm {

class Decoder {
 public:
  explicit Decoder(Problems& problems) : problems_(&problems) {}

  /// Sets the members of `object` that `node` names; `null` leaves a default and makes an optional absent.
  template <FieldStruct S>
  void read(const JsonNode& node, S& object) {
    if (node.kind != JsonKind::object) {
      problems_->add(node.place, path_,
                     {"wrong type: " + std::string(article_and_kind(node.kind)) + " where an object is wanted",
                      excerpt(node), "an object: { ... }", ""});
      return;
    }
    ObjectVisitor<S> visitor{*this, node, object, {}};
    S::fields(visitor);
    for (const JsonNode& child : node.children) {
      const auto& names = visitor.names;
      if (std::find(names.begin(), names.end(), child.key) != names.end()) continue;
      problems_->add(child.key_place, member_path(path_, child.key),
                     {"unknown key", json_quoted(shortened(child.key, 60)), one_of(names),
                      std::string(nearest_name(child.key, names))});
    }
  }

 private:
  template <class S>
  struct ObjectVisitor {
    Decoder& decoder;
    const JsonNode& node;
    S& object;
    std::vector<std::string_view> names;

    template <class T>
    void operator()(T S::*member, const Field& field) {
      names.push_back(field.name);
      decoder.member(node, field, object.*member);
    }
  };

  /// The ids of a list's entries: the text member that identifies them.
  template <class S>
  struct IdVisitor {
    std::string S::*member = nullptr;
    std::string_view name{};
    template <class T>
    void operator()(T S::*candidate, const Field& field) {
      if constexpr (std::is_same_v<T, std::string>) {
        if (!field.is_identifier) return;
        member = candidate;
        name = field.name;
      }
    }
  };

  template <NamedEnum T>
  static std::vector<std::string_view> names_in() {
    std::vector<std::string_view> names;
    for (const auto& entry : names_of(T{})) names.push_back(entry.name);
    return names;
  }

  /// What may stand at a key that is missing.
  template <class T>
  static std::string allowed(const Field& field) {
    std::string out;
    if constexpr (NamedEnum<T>) out = one_of(names_in<T>()) + ": ";
    return out + std::string(field.meaning);
  }

  template <class T>
  void member(const JsonNode& node, const Field& field, T& value) {
    const JsonNode* child = node.find(field.name);
    const std::size_t length = path_.size();
    path_ = member_path(path_, field.name);
    if (child != nullptr && child->kind != JsonKind::null) {
      this->value(*child, field, value);
    } else if (field.is_required) {
      problems_->add((child != nullptr ? child : &node)->place, path_,
                     {"the key `" + std::string(field.name) + "` is missing", child != nullptr ? "null" : "",
                      allowed<T>(field), ""});
    } else if constexpr (is_optional<T>) {
      if (child != nullptr) value.reset();
    }
    path_.resize(length);
  }

  template <class T>
  void value(const JsonNode& node, const Field& field, T& out) {
    const DecodeSite site{node, field, path_, *problems_};
    if constexpr (is_optional<T>) {
      if (!out) out.emplace();
      value(node, field, *out);
    } else if constexpr (is_list<T>) {
      list(site, out);
    } else if constexpr (is_named<T>) {
      named(site, out);
    } else if constexpr (std::is_same_v<T, AllOrSome>) {
      all_or_some(site, out);
    } else if constexpr (FieldStruct<T>) {
      read(node, out);
    } else if constexpr (NamedEnum<T>) {
      const std::vector<std::string_view> names = names_in<T>();
      if (const auto index = decode_name(site, names)) out = names_of(T{})[*index].value;
    } else {
      take(scalar<T>(site), out);
    }
  }

  template <class T>
  static auto scalar(const DecodeSite& site) {
    if constexpr (std::is_same_v<T, bool>) {
      return decode_boolean(site);
    } else if constexpr (WholeNumber<T> && std::is_signed_v<T>) {
      return decode_signed(site, std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
    } else if constexpr (WholeNumber<T>) {
      return decode_unsigned(site, std::numeric_limits<T>::max());
    } else if constexpr (std::is_same_v<T, double>) {
      return decode_number(site);
    } else if constexpr (std::is_same_v<T, std::string>) {
      return decode_text(site);
    } else if constexpr (std::is_same_v<T, Duration>) {
      return decode_duration(site);
    } else if constexpr (std::is_same_v<T, Date>) {
      return decode_date(site);
    } else if constexpr (std::is_same_v<T, TimeOfDay>) {
      return decode_time_of_day(site);
    } else {
      static_assert(std::is_same_v<T, Moment>, "a field table may not hold this type");
      return decode_moment(site);
    }
  }

  template <class Read, class T>
  static void take(std::optional<Read> read, T& out) {
    if (read) out = static_cast<T>(std::move(*read));
  }

  template <class T>
  void list(const DecodeSite& site, std::vector<T>& out) {
    const JsonNode& node = site.node;
    if (node.kind != JsonKind::array) {
      site.complain("wrong type: " + std::string(article_and_kind(node.kind)) + " where a list is wanted",
                    "a list: [ ... ]");
      return;
    }
    const Field& field = site.field;
    if (node.children.size() < field.min_items || node.children.size() > field.max_items) {
      const bool is_exact = field.min_items == field.max_items;
      site.complain("the list has the wrong length", is_exact ? std::to_string(field.min_items) + " entries"
                                                              : "from " + std::to_string(field.min_items) + " to " +
                                                                    std::to_string(field.max_items) + " entries");
      return;
    }
    out.clear();
    out.reserve(node.children.size());
    const std::size_t length = path_.size();
    for (const JsonNode& child : node.children) {
      path_ = entry_path(path_, out.size());
      T entry{};
      value(child, field, entry);
      out.push_back(std::move(entry));
      path_.resize(length);
    }
    if constexpr (FieldStruct<T>) report_repeated_ids(node, out);
  }

  /// An object with free keys; `null` takes an inherited entry away.
  template <class T>
  void named(const DecodeSite& site, Named<T>& out) {
    if (site.node.kind != JsonKind::object) {
      site.complain("wrong type: " + std::string(article_and_kind(site.node.kind)) + " where an object is wanted",
                    "an object with names as keys: { \"name\": ... }");
      return;
    }
    const std::size_t length = path_.size();
    for (const JsonNode& child : site.node.children) {
      if (child.kind == JsonKind::null) continue;
      path_ = member_path(path_, child.key);
      T entry{};
      value(child, site.field, entry);
      out.entries.emplace_back(child.key, std::move(entry));
      path_.resize(length);
    }
    std::sort(out.entries.begin(), out.entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  }

  void all_or_some(const DecodeSite& site, AllOrSome& out) {
    const bool is_text = site.node.kind == JsonKind::string;
    if (is_text && site.node.text == "all") {
      out = {};
    } else if (site.node.kind == JsonKind::array) {
      out.all = false;
      list(site, out.names);
    } else {
      site.complain(is_text
                        ? "unknown name"
                        : "wrong type: " + std::string(article_and_kind(site.node.kind)) + " where names are wanted",
                    "\"all\", or a list of names: [ ... ]");
    }
  }

  template <FieldStruct S>
  void report_repeated_ids(const JsonNode& node, const std::vector<S>& list) {
    IdVisitor<S> id;
    S::fields(id);
    if (id.member == nullptr) return;
    std::vector<std::size_t> order(list.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto text = [&](std::size_t i) -> const std::string& { return list[i].*id.member; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return text(a) < text(b); });
    for (std::size_t k = 1; k < order.size(); ++k) {
      // An entry whose id could not be read has been reported already.
      if (text(order[k]) != text(order[k - 1]) || text(order[k]).empty()) continue;
      const JsonNode* place = node.children[order[k]].find(id.name);
      problems_->add((place != nullptr ? place : &node.children[order[k]])->place,
                     member_path(entry_path(path_, order[k]), id.name),
                     {"the same id stands at " + entry_path(path_, order[k - 1]), json_quoted(text(order[k])),
                      "each id once", ""});
    }
  }

  Problems* problems_;
  std::string path_;
};

}  // namespace tillstorm
