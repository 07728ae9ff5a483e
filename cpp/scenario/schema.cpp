#include "scenario/schema.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "scenario/encode.h"
#include "scenario/scenario.h"

namespace tillstorm {
namespace {

/// What a value must look like as text. The reader is stricter (a day that exists, decimals only at the end); a schema
/// can only tell the form.
template <TimeText T>
constexpr std::string_view pattern_of() {
  if constexpr (std::is_same_v<T, Duration>) {
    return R"(^P(?=[0-9T])([0-9.]+W|([0-9.]+D)?(T(?=[0-9])([0-9.]+H)?([0-9.]+M)?([0-9.]+S)?)?)$)";
  } else if constexpr (std::is_same_v<T, Date>) {
    return "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
  } else if constexpr (std::is_same_v<T, TimeOfDay>) {
    return "^([0-2][0-9]:[0-5][0-9]|30:00)$";
  } else {
    return R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-2][0-9]:[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[-+][0-9]{2}:[0-9]{2})?$)";
  }
}

/// `null` stands for the default, or for absent: it may stand wherever a key may be left out.
void set_type(JsonNode& node, std::string_view type, bool may_be_null) {
  if (!may_be_null) {
    json_add(node, "type", json_text(type));
    return;
  }
  JsonNode types = json_array();
  types.children.push_back(json_text(type));
  types.children.push_back(json_text("null"));
  json_add(node, "type", std::move(types));
}

template <class T>
void set_limits(JsonNode& node, const Field& field) {
  const auto limit = [&](std::string_view key, double of_field, auto of_type, bool is_field) {
    json_add(node, key, is_field ? json_number(of_field) : json_integer(of_type));
  };
  if constexpr (WholeNumber<T>) {
    using Wide = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
    const auto low = static_cast<Wide>(std::numeric_limits<T>::min());
    const auto high = static_cast<Wide>(std::numeric_limits<T>::max());
    limit("minimum", field.min, low, field.min > static_cast<double>(low));
    limit("maximum", field.max, high, field.max < static_cast<double>(high));
  } else {
    if (field.min > -std::numeric_limits<double>::infinity()) json_add(node, "minimum", json_number(field.min));
    if (field.max < std::numeric_limits<double>::infinity()) json_add(node, "maximum", json_number(field.max));
  }
}

template <class T>
void describe(JsonNode& node, const T& usual, const Field& field, bool may_be_null);

template <class S>
struct PropertyVisitor {
  const S& usual;
  JsonNode& properties;
  JsonNode& required;
  template <class T>
  void operator()(T S::*member, const Field& field) {
    JsonNode node = json_object();
    json_add(node, "description", json_text(field.meaning));
    if (!field.unit.empty()) json_add(node, "unit", json_text(field.unit));
    if (!field.source.empty()) json_add(node, "source", json_text(field.source));
    const T& value = usual.*member;
    describe(node, value, field, !field.is_required);
    const bool has_default = !field.is_required && !is_named<T> && (!FieldStruct<T> || is_optional<T>);
    if (has_default) json_add(node, "default", encode(value, T{}));
    if (field.is_required) required.children.push_back(json_text(field.name));
    json_add(properties, field.name, std::move(node));
  }
};

template <FieldStruct S>
void describe_object(JsonNode& node, const S& usual) {
  JsonNode properties = json_object();
  JsonNode required = json_array();
  PropertyVisitor<S> visitor{usual, properties, required};
  S::fields(visitor);
  json_add(node, "properties", std::move(properties));
  if (!required.children.empty()) json_add(node, "required", std::move(required));
  json_add(node, "additionalProperties", json_boolean(false));
}

template <class Entry>
void describe_list(JsonNode& node, const Field& field) {
  JsonNode items = json_object();
  describe(items, Entry{}, field, false);
  json_add(node, "items", std::move(items));
  if (field.min_items > 0) json_add(node, "minItems", json_integer(static_cast<std::uint64_t>(field.min_items)));
  if (field.max_items < std::numeric_limits<std::size_t>::max())
    json_add(node, "maxItems", json_integer(static_cast<std::uint64_t>(field.max_items)));
}

template <NamedEnum T>
void describe_names(JsonNode& node, bool may_be_null) {
  JsonNode choices = json_array();
  for (const auto& entry : names_of(T{})) {
    JsonNode choice = json_object();
    json_add(choice, "const", json_text(entry.name));
    json_add(choice, "description", json_text(entry.meaning));
    choices.children.push_back(std::move(choice));
  }
  if (may_be_null) {
    JsonNode choice = json_object();
    json_add(choice, "const", JsonNode{});
    choices.children.push_back(std::move(choice));
  }
  json_add(node, "oneOf", std::move(choices));
}

void describe_all_or_some(JsonNode& node, const Field& field, bool may_be_null) {
  JsonNode all = json_object();
  json_add(all, "const", json_text("all"));
  JsonNode names = json_object();
  describe(names, std::vector<std::string>{}, field, may_be_null);
  JsonNode choices = json_array();
  choices.children.push_back(std::move(all));
  choices.children.push_back(std::move(names));
  json_add(node, "oneOf", std::move(choices));
}

/// Adds to `node` what a value of type T must be.
template <class T>
void describe(JsonNode& node, const T& usual, const Field& field, bool may_be_null) {
  if constexpr (is_optional<T>) {
    using Inner = typename T::value_type;
    describe<Inner>(node, usual ? *usual : Inner{}, field, true);
  } else if constexpr (is_list<T>) {
    set_type(node, "array", may_be_null);
    describe_list<typename T::value_type>(node, field);
  } else if constexpr (is_named<T>) {
    set_type(node, "object", may_be_null);
    JsonNode entry = json_object();
    describe(entry, typename NamedValue<T>::Type{}, field, true);
    json_add(node, "additionalProperties", std::move(entry));
  } else if constexpr (std::is_same_v<T, AllOrSome>) {
    describe_all_or_some(node, field, may_be_null);
  } else if constexpr (FieldStruct<T>) {
    set_type(node, "object", may_be_null);
    describe_object(node, usual);
  } else if constexpr (NamedEnum<T>) {
    describe_names<T>(node, may_be_null);
  } else if constexpr (TimeText<T>) {
    set_type(node, "string", may_be_null);
    json_add(node, "pattern", json_text(pattern_of<T>()));
  } else if constexpr (std::is_same_v<T, bool>) {
    set_type(node, "boolean", may_be_null);
  } else if constexpr (WholeNumber<T>) {
    set_type(node, "integer", may_be_null);
    set_limits<T>(node, field);
  } else if constexpr (std::is_same_v<T, double>) {
    set_type(node, "number", may_be_null);
    set_limits<T>(node, field);
  } else {
    set_type(node, "string", may_be_null);
    if (!field.is_identifier) return;
    json_add(node, "minLength", json_integer(std::uint64_t{1}));
    json_add(node, "maxLength", json_integer(std::uint64_t{64}));
  }
}

}  // namespace

std::string scenario_schema() {
  JsonNode root = json_object();
  json_add(root, "$schema", json_text("https://json-schema.org/draft/2020-12/schema"));
  json_add(root, "title", json_text("tillstorm scenario"));
  json_add(
      root, "description",
      json_text("Generated from the field tables in cpp/scenario. `null` resets an inherited value: to the default, "
                "or to absent where absent is possible."));
  json_add(root, "type", json_text("object"));
  describe_object(root, Scenario{});
  return write_json(root);
}

}  // namespace tillstorm
